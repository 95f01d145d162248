package org.heraldlb.manifest.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AddressPool.Entry;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;
import org.heraldlb.manifest.Code;

/** What is doubtful about the addresses of one pool. */
final class PoolLint {

    private final AddressPool pool;
    private final List<Problem> problems = new ArrayList<>();

    private PoolLint(AddressPool pool) {
        this.pool = pool;
    }

    static List<Problem> of(AddressPool pool, Collection<Node> nodes, Collection<Peer> peers) {
        PoolLint lint = new PoolLint(pool);
        for (int i = 0; i < pool.entries().size(); i++) {
            lint.entry("spec.addresses[" + i + "]", pool.entries().get(i));
        }
        for (int i = 0; i < pool.rules().excluded().size(); i++) {
            lint.excluded("spec.excluded[" + i + "]", pool.rules().excluded().get(i));
        }
        nodes.forEach(lint::node);
        peers.forEach(lint::peer);
        return lint.problems;
    }

    private void warn(Code code, String path, Object value, String text, String fix) {
        problems.add(Refusal.warning(pool, code, path, value, text).withFix(fix));
    }

    private void entry(String path, Entry entry) {
        int slash = entry.text().indexOf('/');
        if (slash > 0) {
            IpPrefix prefix = entry.prefixes().get(0);
            IpAddress written = IpAddress.parse(entry.text().substring(0, slash));
            if (!written.equals(prefix.address())) {
                warn(
                        Code.UNALIGNED_CIDR,
                        path,
                        entry.text(),
                        entry.text() + " does not start at " + written + ": it means " + prefix.range(),
                        "write " + prefix + ", or " + written + "-" + prefix.last());
            }
        }
        boundary(path, entry);
    }

    /** The first and the last address of a /24 are often a network's own; a range may contain many of them. */
    private void boundary(String path, Entry entry) {
        if (pool.avoidBuggyIps()) {
            return;
        }
        entry.prefixes().stream()
                .flatMap(prefix -> boundary(prefix).stream())
                .findFirst()
                .ifPresent(address -> warn(
                        Code.NETWORK_ADDRESS_IN_POOL,
                        path,
                        entry.text(),
                        address + " may be a network or broadcast address",
                        "set avoidBuggyIPs: true, or leave such addresses out"));
    }

    private Optional<IpAddress> boundary(IpPrefix prefix) {
        if (!prefix.address().isV4()) {
            return Optional.empty();
        }
        return List.of(prefix.address(), prefix.last()).stream()
                .filter(AddressPool::isBuggy)
                .filter(pool::contains)
                .findFirst();
    }

    private void excluded(String path, IpRange range) {
        boolean outside = pool.entries().stream()
                .flatMap(entry -> entry.prefixes().stream())
                .noneMatch(prefix -> prefix.range().overlaps(range));
        if (outside) {
            warn(Code.EXCLUDED_OUTSIDE_POOL, path, range, range + " is not in the pool anyway", "remove it");
        }
        boolean swallows = pool.entries().stream()
                .flatMap(entry -> entry.prefixes().stream())
                .allMatch(prefix -> range.contains(prefix.address()) && range.contains(prefix.last()));
        if (swallows) {
            warn(Code.EMPTY_POOL, path, range, "nothing is left of the pool", "exclude less");
        }
    }

    private void node(Node node) {
        for (IpAddress address : node.addresses()) {
            if (pool.contains(address)) {
                taken(Code.NODE_ADDRESS_IN_POOL, address, "node " + node.name());
            }
        }
    }

    private void peer(Peer peer) {
        peer.endpoint()
                .address()
                .filter(pool::contains)
                .ifPresent(address -> taken(Code.PEER_ADDRESS_IN_POOL, address, "router " + peer.name()));
    }

    private void taken(Code code, IpAddress address, String owner) {
        warn(code, "spec.addresses", address, address + " is the address of " + owner, "take it out of the pool");
    }
}
