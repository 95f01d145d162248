package org.heraldlb.membership.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.membership.protocol.Beat;
import org.heraldlb.membership.protocol.Proposal;
import org.junit.jupiter.api.Test;

class BeatCodecTest {

    private static NodeFacts facts(Random random, int most) {
        SortedMap<String, MacAddress> links = new TreeMap<>();
        TreeSet<NamespacedName> unfit = new TreeSet<>();
        TreeSet<String> tookOver = new TreeSet<>();
        TreeSet<IpAddress> claims = new TreeSet<>();
        for (int i = random.nextInt(most); i > 0; i--) {
            links.put("eth" + i, new MacAddress(random.nextLong() >>> 16));
            unfit.add(new NamespacedName("ns" + random.nextInt(9), "service-" + i));
            tookOver.add("node" + i);
            claims.add(
                    random.nextBoolean()
                            ? IpAddress.v4(random.nextInt())
                            : IpAddress.v6(random.nextLong(), random.nextLong()));
        }
        return new NodeFacts(links, unfit, random.nextBoolean(), tookOver, claims);
    }

    private static SortedMap<String, Member> members(Random random, int most) {
        SortedMap<String, Member> members = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put("10.0.0." + i, new Member("node" + i, facts(random, most)));
        }
        return members;
    }

    private static Beat beat(Random random, int most) {
        Proposal.Id id = new Proposal.Id(random.nextLong() >>> 20, random.nextInt(0x10000));
        Optional<Proposal> proposal = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Proposal(
                        id,
                        members(random, most),
                        random.nextBoolean() ? Optional.empty() : Optional.of(members(random, most))));
        return new Beat(
                new Beat.Sender(
                        "herald",
                        "10.0.0.1",
                        "nöde",
                        new Beat.Mark(random.nextLong(), random.nextLong()),
                        Beat.Phase.values()[random.nextInt(3)]),
                new Beat.Mark(random.nextLong(), random.nextLong()),
                new Beat.Facts(
                        random.nextLong(),
                        random.nextLong(),
                        random.nextBoolean() ? Optional.empty() : Optional.of(facts(random, most))),
                new Beat.Vote(random.nextLong(), "10.0.0.2", random.nextBoolean(), random.nextBoolean(), id),
                proposal,
                random.nextLong(),
                random.nextLong());
    }

    @Test
    void whatIsWrittenIsRead() throws MalformedBeat {
        for (int seed = 0; seed < 500; seed++) {
            Beat beat = beat(new Random(seed), seed % 50 == 0 ? 2000 : 8);
            assertThat(BeatCodec.decode(BeatCodec.encode(beat)))
                    .as("seed %s", seed)
                    .isEqualTo(beat);
        }
    }

    @Test
    void aPlainBeatIsSmall() {
        assertThat(BeatCodec.encode(beat(new Random(5), 1)).length).isLessThan(400);
    }

    @Test
    void anythingElseIsRefusedAndNothingElseThrown() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = BeatCodec.encode(beat(random, 4));
            if (round % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                BeatCodec.decode(bytes);
            } catch (MalformedBeat refused) {
                assertThat(refused.getStackTrace()).isEmpty();
            }
        }
    }

    @Test
    void anotherVersionIsTold() {
        byte[] bytes = BeatCodec.encode(beat(new Random(1), 4));
        bytes[0]++;
        assertThatThrownBy(() -> BeatCodec.decode(bytes))
                .isInstanceOfSatisfying(MalformedBeat.class, refused -> assertThat(refused.isOtherVersion())
                        .isTrue());
    }
}
