package org.heraldlb.core.maintenance;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Maintenance.Order;

/**
 * Orders as text, one line each: {@code VERB SUBJECT SINCE UNTIL REASON}, with {@code -} for what is not there. Words are
 * URL-encoded.
 */
public final class OrdersCodec {

    private static final String HEADER = "herald-maintenance 1";
    private static final String ABSENT = "-";
    private static final int WORDS = 5;

    /**
     * @param orders what could be read
     * @param damage lines that could not, as people read them
     */
    public record Decoded(Orders orders, List<String> damage) {}

    private OrdersCodec() {}

    public static String encode(Orders orders) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        orders.drain().ifPresent(order -> line(text, "drain", ABSENT, order));
        orders.withdrawn().forEach((address, order) -> line(text, "withdraw", address.toString(), order));
        orders.disabledPeers().forEach((peer, order) -> line(text, "disable", peer, order));
        return text.toString();
    }

    private static void line(StringBuilder text, String verb, String subject, Order order) {
        text.append(verb)
                .append(' ')
                .append(word(subject))
                .append(' ')
                .append(order.since())
                .append(' ')
                .append(order.until().map(Instant::toString).orElse(ABSENT))
                .append(' ')
                .append(word(order.reason()))
                .append('\n');
    }

    private static String word(String text) {
        return text.isEmpty() ? "%" : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String text(String word) {
        return word.equals("%") ? "" : URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    /** Reads what {@link #encode} wrote. Never throws. */
    public static Decoded decode(String text) {
        List<String> lines = text.lines().toList();
        List<String> damage = new ArrayList<>();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            damage.add("line 1 is not \"" + HEADER + "\"");
        }
        Orders orders = Orders.NONE;
        for (int i = 1; i < lines.size(); i++) {
            try {
                orders = with(orders, lines.get(i).split(" ", -1));
            } catch (IllegalArgumentException | DateTimeException wrong) {
                damage.add("line " + (i + 1) + ": " + wrong.getMessage());
            }
        }
        return new Decoded(orders, List.copyOf(damage));
    }

    private static Orders with(Orders orders, String[] words) {
        if (words.length != WORDS) {
            throw new IllegalArgumentException(words.length + " words instead of " + WORDS);
        }
        Optional<Instant> until = words[3].equals(ABSENT) ? Optional.empty() : Optional.of(Instant.parse(words[3]));
        Optional<Order> order = Optional.of(new Order(text(words[4]), Instant.parse(words[2]), until));
        return switch (words[0]) {
            case "drain" -> orders.withDrain(order);
            case "withdraw" -> orders.withWithdrawn(IpAddress.parse(text(words[1])), order);
            case "disable" -> orders.withDisabled(text(words[1]), order);
            default -> throw new IllegalArgumentException("unknown order " + words[0]);
        };
    }
}
