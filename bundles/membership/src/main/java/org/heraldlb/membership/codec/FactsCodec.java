package org.heraldlb.membership.codec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/** {@link NodeFacts} and members as bytes. */
final class FactsCodec {

    /** More of anything is refused. */
    static final int MOST = 50_000;

    private FactsCodec() {}

    static void write(DataOutputStream out, NodeFacts facts) throws IOException {
        count(out, facts.links());
        for (Map.Entry<String, MacAddress> link : facts.links().entrySet()) {
            out.writeUTF(link.getKey());
            out.writeLong(link.getValue().bits());
        }
        count(out, facts.unfit());
        for (NamespacedName service : facts.unfit()) {
            out.writeUTF(service.namespace());
            out.writeUTF(service.name());
        }
        out.writeBoolean(facts.draining());
        count(out, facts.tookOver());
        for (String node : facts.tookOver()) {
            out.writeUTF(node);
        }
        count(out, facts.claims());
        for (IpAddress address : facts.claims()) {
            byte[] bytes = address.toBytes();
            out.writeByte(bytes.length);
            out.write(bytes);
        }
    }

    static NodeFacts read(DataInputStream in) throws IOException {
        SortedMap<String, MacAddress> links = new TreeMap<>();
        for (int left = count(in); left > 0; left--) {
            links.put(in.readUTF(), new MacAddress(in.readLong()));
        }
        SortedSet<NamespacedName> unfit = new TreeSet<>();
        for (int left = count(in); left > 0; left--) {
            unfit.add(new NamespacedName(in.readUTF(), in.readUTF()));
        }
        boolean draining = in.readBoolean();
        SortedSet<String> tookOver = new TreeSet<>();
        for (int left = count(in); left > 0; left--) {
            tookOver.add(in.readUTF());
        }
        SortedSet<IpAddress> claims = new TreeSet<>();
        for (int left = count(in); left > 0; left--) {
            byte[] bytes = new byte[in.readByte() == 4 ? 4 : 16];
            in.readFully(bytes);
            claims.add(IpAddress.of(bytes));
        }
        return new NodeFacts(links, unfit, draining, tookOver, claims);
    }

    static void write(DataOutputStream out, SortedMap<String, Member> members) throws IOException {
        count(out, members);
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue().node());
            write(out, entry.getValue().facts());
        }
    }

    static SortedMap<String, Member> readMembers(DataInputStream in) throws IOException {
        SortedMap<String, Member> members = new TreeMap<>();
        for (int left = count(in); left > 0; left--) {
            members.put(in.readUTF(), new Member(in.readUTF(), read(in)));
        }
        return members;
    }

    private static void count(DataOutputStream out, Map<?, ?> all) throws IOException {
        out.writeInt(all.size());
    }

    private static void count(DataOutputStream out, Collection<?> all) throws IOException {
        out.writeInt(all.size());
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("a count of " + count + " is not 0 to " + MOST);
        }
        return count;
    }
}
