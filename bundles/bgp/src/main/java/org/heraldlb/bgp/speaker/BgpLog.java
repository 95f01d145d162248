package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that the speaker logs. WARN: an operator should act; INFO: a session came or went; DEBUG: the rest. */
final class BgpLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.bgp");

    private BgpLog() {}

    static void transition(String peer, int link, State from, State to, String reason) {
        if (peer.equals(Rehearsal.NAME)) {
            return;
        }
        boolean news = from == State.ESTABLISHED || to == State.ESTABLISHED;
        if (news) {
            LOG.info("peer {}: {} -> {} {}", peer, from.text(), to.text(), reason);
        } else {
            LOG.debug("peer {} (connection {}): {} -> {} {}", peer, link, from.text(), to.text(), reason);
        }
    }

    static void sent(String peer, String notification) {
        if (!peer.equals(Rehearsal.NAME)) {
            LOG.info("peer {}: told it {}", peer, notification);
        }
    }

    static void malformed(String peer, String fault) {
        LOG.warn("peer {}: malformed attribute, RFC 7606 applied: {}", peer, fault);
    }

    static void unknownSource(InetSocketAddress source) {
        LOG.debug("a connection from {} belongs to no peer and is refused", source);
    }

    static void cannotListen(String where, String reason) {
        LOG.warn("cannot listen on {}: {}; peers cannot dial, sessions that we dial are not affected", where, reason);
    }

    static void lacks(String peer, Feature feature, String transport) {
        LOG.warn("peer {} needs {}, which the transport {} does not have", peer, feature.text(), transport);
    }

    static void started(String transport, int port) {
        LOG.info("BGP speaker started: transport {}, {}", transport, port == 0 ? "not listening" : "port " + port);
    }

    static void manyRoutes(String peer, int received, int limit) {
        if (peer.equals(Rehearsal.NAME)) {
            return;
        }
        LOG.warn("peer {}: {} routes received; {} are kept (maxPrefixes)", peer, received, limit);
    }

    static void tooManyRoutes(String peer, int limit) {
        LOG.warn("peer {}: more than {} routes received; the others are counted, not kept", peer, limit);
    }
}
