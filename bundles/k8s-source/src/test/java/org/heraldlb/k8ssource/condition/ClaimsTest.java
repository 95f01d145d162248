package org.heraldlb.k8ssource.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.k8ssource.report.Report.Kind;
import org.junit.jupiter.api.Test;

final class ClaimsTest {

    private static final NamespacedName WEB = new NamespacedName("default", "web");

    private final Claims claims = new Claims();

    @Test
    void nothingIsKnownBeforeEverythingIsListed() {
        layer2("l2-1", "node-a");
        claims.listed(Kind.L2_STATUS.type(), true);
        claims.listed(Kind.BGP_STATUS.type(), true);
        assertThat(claims.by(WEB)).isEmpty();
        claims.listed(Kind.SESSION.type(), true);
        assertThat(claims.by(WEB)).contains("layer 2");
    }

    @Test
    void aRouteCountsWhereItsSessionIsUp() {
        listed(true);
        claims.put(Kind.BGP_STATUS.type(), "bgp-1", status("node-a", Map.of("peers", List.of("tor"))));
        assertThat(claims.by(WEB)).contains("");
        session("Established");
        assertThat(claims.by(WEB)).contains("BGP");
        session("Down");
        assertThat(claims.by(WEB)).contains("");
    }

    @Test
    void withoutStatesOfSessionsARouteCounts() {
        listed(false);
        claims.put(Kind.BGP_STATUS.type(), "bgp-1", status("node-a", Map.of("peers", List.of("tor"))));
        layer2("l2-1", "node-a");
        assertThat(claims.by(WEB)).contains("layer 2 and BGP");
        claims.remove(Kind.BGP_STATUS.type(), "bgp-1");
        claims.remove(Kind.L2_STATUS.type(), "l2-1");
        assertThat(claims.by(WEB)).contains("");
    }

    @Test
    void whatADeadNodeLeftDoesNotCount() {
        listed(true);
        layer2("l2-1", "node-a");
        claims.alive(node -> !node.equals("node-a"));
        assertThat(claims.by(WEB)).contains("");
        layer2("l2-2", "node-b");
        assertThat(claims.by(WEB)).contains("layer 2");
    }

    private void listed(boolean sessions) {
        claims.listed(Kind.L2_STATUS.type(), true);
        claims.listed(Kind.BGP_STATUS.type(), true);
        claims.listed(Kind.SESSION.type(), sessions);
    }

    private void layer2(String name, String node) {
        claims.put(Kind.L2_STATUS.type(), name, status(node, Map.of()));
    }

    private void session(String state) {
        claims.put(
                Kind.SESSION.type(),
                "peer-1",
                Map.of("status", Map.of("node", "node-a", "peer", "tor", "bgpStatus", state)));
    }

    private static Map<String, Object> status(String node, Map<String, Object> more) {
        Map<String, Object> status = new HashMap<>(more);
        status.put("node", node);
        status.put("serviceName", "web");
        status.put("serviceNamespace", "default");
        return Map.of("status", status);
    }
}
