package org.heraldlb.core.plan;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/** Builds a {@link Liveness}, node by node. */
public final class Members {

    private final boolean everybody;
    private final SortedMap<String, NodeFacts> facts = new TreeMap<>();
    private Optional<Agreement> agreement = Optional.empty();

    private Members(boolean everybody) {
        this.everybody = everybody;
    }

    /** Nobody watches who is alive; some nodes may say something all the same. */
    public static Members all() {
        return new Members(true);
    }

    public static Members of(String... names) {
        Members members = new Members(false);
        for (String name : names) {
            members.facts.put(name, NodeFacts.NONE);
        }
        return members;
    }

    private NodeFacts at(String node) {
        return facts.getOrDefault(node, NodeFacts.NONE);
    }

    private void put(String node, NodeFacts its) {
        if (everybody || facts.containsKey(node)) {
            facts.put(node, its);
        }
    }

    Members lost(String node) {
        facts.remove(node);
        return this;
    }

    public Members links(String node, String... names) {
        TreeMap<String, MacAddress> links = new TreeMap<>();
        for (String name : names) {
            links.put(name, name.isEmpty() ? MacAddress.ZERO : mac(node, name));
        }
        NodeFacts is = at(node);
        put(node, new NodeFacts(links, is.unfit(), is.draining(), is.tookOver(), is.claims()));
        return this;
    }

    static MacAddress mac(String node, String link) {
        return new MacAddress(0x0200_0000_0000L | (node + link).hashCode() & 0xffff_ffffL);
    }

    Members unfit(String node, String service) {
        NodeFacts is = at(node);
        TreeSet<NamespacedName> unfit = new TreeSet<>(is.unfit());
        unfit.add(NamespacedName.parse(service));
        put(node, new NodeFacts(is.links(), unfit, is.draining(), is.tookOver(), is.claims()));
        return this;
    }

    public Members drains(String node) {
        NodeFacts is = at(node);
        put(node, new NodeFacts(is.links(), is.unfit(), true, is.tookOver(), is.claims()));
        return this;
    }

    public Members tookOver(String node, String drained) {
        NodeFacts is = at(node);
        TreeSet<String> names = new TreeSet<>(is.tookOver());
        names.add(drained);
        put(node, new NodeFacts(is.links(), is.unfit(), is.draining(), names, is.claims()));
        return this;
    }

    public Members claims(String node, String address) {
        NodeFacts is = at(node);
        TreeSet<IpAddress> claims = new TreeSet<>(is.claims());
        claims.add(IpAddress.parse(address));
        put(node, new NodeFacts(is.links(), is.unfit(), is.draining(), is.tookOver(), claims));
        return this;
    }

    /** @param before may be null */
    Members agreement(boolean held, Members now, Members before) {
        agreement = Optional.of(new Agreement(
                held, 7, now.members(), Optional.ofNullable(before).map(Members::members)));
        return this;
    }

    public SortedMap<String, Member> members() {
        SortedMap<String, Member> members = new TreeMap<>();
        facts.forEach((name, its) -> members.put(name, new Member(name, its)));
        return members;
    }

    public Liveness liveness() {
        return new Liveness(
                everybody ? Optional.empty() : Optional.of(new TreeSet<>(facts.keySet())), facts, agreement);
    }
}
