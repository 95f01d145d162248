package org.heraldlb.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.core.maintenance.Orders;
import org.heraldlb.core.maintenance.OrdersCodec;

/**
 * The operators' orders on disk, beside the ledger and with the same care: a write has reached the disk when
 * {@link #save} returns, a file that is damaged is set aside, one that cannot be written is a problem. The loop's.
 */
final class OrdersFile {

    private static final String NAME = "maintenance";

    private final Path file;
    private final List<Problem> damage = new ArrayList<>();
    private Optional<Problem> writeProblem = Optional.empty();
    private Orders orders = Orders.NONE;

    private OrdersFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    static OrdersFile open(Path directory) {
        OrdersFile opened = new OrdersFile(directory);
        try {
            opened.read();
        } catch (IOException unreadable) {
            opened.damage.add(opened.problem("maintenanceUnreadable", "cannot be read: " + unreadable));
        }
        return opened;
    }

    private void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        OrdersCodec.Decoded decoded = OrdersCodec.decode(text);
        orders = decoded.orders();
        if (!decoded.damage().isEmpty()) {
            Path aside = file.resolveSibling(NAME + ".damaged");
            Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
            damage.add(problem("maintenanceDamaged", String.join("; ", decoded.damage()) + "; a copy is " + aside)
                    .withFix("give the lost orders again (herald:drain, vip:withdraw, bgp:peer-disable)"));
        }
    }

    Orders orders() {
        return orders;
    }

    void save(Orders next) {
        boolean written = next.equals(orders) && writeProblem.isEmpty();
        orders = next;
        if (written) {
            return;
        }
        try {
            write(OrdersCodec.encode(next));
            writeProblem = Optional.empty();
        } catch (IOException unwritable) {
            writeProblem = Optional.of(problem("maintenanceUnwritable", "cannot be written: " + unwritable)
                    .withFix("give the user that runs Herald a writable state directory; until then a restart forgets"
                            + " drains and withdrawals"));
        }
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(NAME + ".new");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private Problem problem(String code, String text) {
        return Problem.error(code, file.toString(), text);
    }

    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(damage);
        writeProblem.ifPresent(all::add);
        return all;
    }
}
