package org.heraldlb.hostlinux.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.heraldlb.api.host.KernelSettings;
import org.heraldlb.api.host.LinkSettings;

/** {@link KernelSettings} from files. */
public final class FileKernelSettings implements KernelSettings {

    private static final int LONGEST_NAME = 15;
    private static final int IFF_PROMISC = 0x100;

    private final Path net;
    private final Path links;

    /** {@code proc} is usually {@code /proc}, {@code sys} {@code /sys}. */
    public FileKernelSettings(Path proc, Path sys) {
        net = proc.resolve("sys/net");
        links = sys.resolve("class/net");
    }

    @Override
    public LinkSettings of(String link) {
        // The kernel's own rule (dev_valid_name); anything else would be a path to somewhere.
        if (link.isEmpty() || link.length() > LONGEST_NAME || link.startsWith(".") || link.contains("/")) {
            return new FileKernelSettings(Path.of("/nowhere"), Path.of("/nowhere")).read(link, "none");
        }
        return read(link, link);
    }

    private LinkSettings read(String link, String file) {
        return new LinkSettings(
                link,
                larger(file, "arp_ignore"),
                larger(file, "arp_announce"),
                larger(file, "rp_filter"),
                bool(larger(file, "proxy_arp")),
                bool(number(net.resolve("ipv4/conf").resolve(file).resolve("forwarding"))),
                bool(number(net.resolve("ipv6/conf").resolve(file).resolve("forwarding"))),
                bool(number(net.resolve("ipv6/conf").resolve(file).resolve("disable_ipv6"))),
                flags(file),
                driver(file),
                Files.exists(links.resolve(file).resolve("wireless"))
                        || Files.exists(links.resolve(file).resolve("phy80211")));
    }

    private OptionalInt larger(String link, String key) {
        Path conf = net.resolve("ipv4/conf");
        OptionalInt all = number(conf.resolve("all").resolve(key));
        OptionalInt own = number(conf.resolve(link).resolve(key));
        return all.isPresent() && own.isPresent()
                ? OptionalInt.of(Math.max(all.getAsInt(), own.getAsInt()))
                : OptionalInt.empty();
    }

    private Optional<Boolean> flags(String link) {
        OptionalInt flags = number(links.resolve(link).resolve("flags"));
        return flags.isPresent() ? Optional.of((flags.getAsInt() & IFF_PROMISC) != 0) : Optional.empty();
    }

    private Optional<String> driver(String link) {
        try {
            return Optional.of(links.resolve(link)
                    .resolve("device/driver")
                    .toRealPath()
                    .getFileName()
                    .toString());
        } catch (IOException none) {
            // Virtual interfaces have no device.
            return Optional.empty();
        }
    }

    private static Optional<Boolean> bool(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt() != 0) : Optional.empty();
    }

    private static OptionalInt number(Path file) {
        try {
            return OptionalInt.of(Integer.decode(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException unreadable) {
            return OptionalInt.empty();
        }
    }
}
