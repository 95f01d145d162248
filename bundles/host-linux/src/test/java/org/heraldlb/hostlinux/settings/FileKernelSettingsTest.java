package org.heraldlb.hostlinux.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.heraldlb.api.host.LinkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileKernelSettingsTest {

    @TempDir
    private Path root;

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private LinkSettings read(String link) {
        return new FileKernelSettings(root.resolve("proc"), root.resolve("sys")).of(link);
    }

    @Test
    void theLargerOfAllAndOwnIsInForce() throws IOException {
        file("proc/sys/net/ipv4/conf/all/arp_ignore", "0");
        file("proc/sys/net/ipv4/conf/eth0.100/arp_ignore", "1");
        file("proc/sys/net/ipv4/conf/all/rp_filter", "2");
        file("proc/sys/net/ipv4/conf/eth0.100/rp_filter", "1");
        file("proc/sys/net/ipv4/conf/eth0.100/forwarding", "1");
        file("sys/class/net/eth0.100/flags", "0x1103");

        LinkSettings settings = read("eth0.100");

        assertThat(settings.arpIgnore()).hasValue(1);
        assertThat(settings.rpFilter()).hasValue(2);
        assertThat(settings.forwardingV4()).hasValue(true);
        assertThat(settings.promiscuous()).hasValue(true);
        assertThat(settings.wireless()).isFalse();
    }

    @Test
    void whatIsNotThereIsAbsent() throws IOException {
        file("proc/sys/net/ipv4/conf/all/arp_ignore", "0");
        file("sys/class/net/eth0/flags", "nonsense");

        LinkSettings settings = read("eth0");

        assertThat(settings.arpIgnore()).isEqualTo(OptionalInt.empty());
        assertThat(settings.promiscuous()).isEmpty();
        assertThat(settings.driver()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../all", "a/b", "much-too-long-a-name"})
    void whatIsNoInterfaceNameReadsNothing(String name) throws IOException {
        file("proc/sys/net/ipv4/conf/all/arp_ignore", "1");
        file("proc/sys/net/ipv4/all/arp_ignore", "1");

        assertThat(read(name).arpIgnore()).isEmpty();
        assertThat(read(name).link()).isEqualTo(name);
    }
}
