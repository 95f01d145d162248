package org.heraldlb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heraldlb.testkit.Intents.ip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkSettings;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.Maintenance.Drain;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.api.system.NodeControl;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.shell.HostEyes;
import org.heraldlb.shell.NodeView;
import org.heraldlb.testkit.SnapshotBuilder;
import org.heraldlb.view.Lookup;
import org.heraldlb.view.Status;
import org.junit.jupiter.api.Test;

/** Commands that ask the node for something, against a node that does it at once. */
final class OrdersTest {

    private static final class Node implements NodeControl, NodeView {
        private final List<String> asked = new ArrayList<>();
        private Maintenance maintenance = Maintenance.NONE;

        @Override
        public void drain(String reason) {
            asked.add("drain " + reason);
            maintenance = new Maintenance(
                    new Drain(Phase.DRAINED, Optional.of(order(reason)), List.of()),
                    maintenance.withdrawn(),
                    maintenance.disabledPeers());
        }

        private static Maintenance.Order order(String reason) {
            return new Maintenance.Order(reason, Instant.EPOCH, Optional.empty());
        }

        @Override
        public void undrain() {
            asked.add("undrain");
            maintenance = Maintenance.NONE;
        }

        @Override
        public void withdraw(IpAddress address, Optional<Duration> period, String reason) {
            asked.add("withdraw " + address + " " + period + " " + reason);
            TreeMap<IpAddress, Maintenance.Order> withdrawn = new TreeMap<>(maintenance.withdrawn());
            withdrawn.put(address, order(reason));
            maintenance = new Maintenance(Drain.NONE, withdrawn, maintenance.disabledPeers());
        }

        @Override
        public void restore(IpAddress address) {
            asked.add("restore " + address);
            maintenance = Maintenance.NONE;
        }

        @Override
        public void disablePeer(String peer, Optional<Duration> period, String reason) {
            asked.add("disable " + peer);
        }

        @Override
        public void enablePeer(String peer) {
            asked.add("enable " + peer);
        }

        @Override
        public SystemSnapshot snapshot() {
            return new SnapshotBuilder(4, "one")
                    .allocation("web", "lab", "192.0.2.1")
                    .owner("192.0.2.1", "one", "hash")
                    .cluster(new SystemSnapshot.Cluster(Optional.empty(), maintenance, List.of()))
                    .build();
        }

        @Override
        public Status status() {
            return Status.of(snapshot(), List.of());
        }
    }

    private final Node node = new Node();

    private <T extends Query> T on(T query) {
        query.view = node;
        query.session = Sessions.with(Map.of());
        if (query instanceof Order order) {
            order.orders = () -> node;
        }
        return query;
    }

    @Test
    void drainWaitsAndSaysThatItIsSafe() {
        HeraldDrain drain = on(new HeraldDrain());
        drain.reason = "new kernel";
        assertThat(drain.execute()).contains("drained", "safe to reboot");
        assertThat(node.asked).containsExactly("drain new kernel");

        HeraldDrain json = on(new HeraldDrain());
        json.noWait = true;
        json.output = "json";
        assertThat(json.execute()).contains("\"safe\": true");
        assertThat(on(new HeraldUndrain()).execute()).contains("takes part");
    }

    @Test
    void anAddressIsWithdrawnForAWhileAndRestored() {
        VipWithdraw withdraw = on(new VipWithdraw());
        withdraw.given = List.of("192.0.2.1", "--for", "10m", "--reason", "test");
        assertThat(withdraw.execute()).contains("192.0.2.1 is withdrawn");
        assertThat(node.asked).containsExactly("withdraw 192.0.2.1 Optional[PT10M] test");

        VipRestore restore = on(new VipRestore());
        restore.given = List.of("192.0.2.1");
        restore.execute();
        assertThat(node.asked).contains("restore 192.0.2.1");
        assertThatThrownBy(restore::execute).hasMessageContaining("is not withdrawn");
    }

    @Test
    void aWrongTimeOrPeerIsRefused() {
        VipWithdraw withdraw = on(new VipWithdraw());
        withdraw.given = List.of("192.0.2.1", "--for", "soon");
        assertThatThrownBy(withdraw::execute).hasMessageContaining("10m");
        BgpPeerDisable disable = on(new BgpPeerDisable());
        disable.given = List.of("tor");
        assertThatThrownBy(disable::execute).isInstanceOf(Lookup.UnknownName.class);
        BgpPeerEnable enable = on(new BgpPeerEnable());
        enable.given = List.of("tor");
        assertThatThrownBy(enable::execute).isInstanceOf(Lookup.UnknownName.class);
    }

    @Test
    void theDoctorIsAskedAboutAnAddressOrAService() {
        VipDoctorCommand doctor = on(new VipDoctorCommand());
        doctor.host = new HostEyes() {
            @Override
            public List<Link> links() {
                return List.of();
            }

            @Override
            public Optional<LinkSettings> settings(String link) {
                return Optional.empty();
            }
        };
        doctor.words = List.of("192.0.2.1");
        assertThat(doctor.execute()).contains("192.0.2.1", "CHECK");
        assertThat(ip("192.0.2.1")).isNotNull();
        assertThat(on(new VipHistory()).execute()).startsWith("no address has come");
    }
}
