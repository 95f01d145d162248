package org.heraldlb.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.ips;
import static org.heraldlb.testkit.Intents.name;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.heraldlb.api.intent.NamespacedName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerCodecTest {

    private static final Instant LATER = Instant.parse("2026-01-01T00:10:00Z");

    private static final List<LedgerRecord> RECORDS = List.of(
            new LedgerRecord.Hold(name("default/web"), "file", ips("192.0.2.1")),
            new LedgerRecord.Hold(name("prod/db"), "config", ips("fd00::1", "192.0.2.2")),
            new LedgerRecord.Hold(new NamespacedName("ns", "odd name-with % and ü\n"), "", ips("192.0.2.3")),
            new LedgerRecord.Drop(name("default/web")),
            new LedgerRecord.Release(ip("192.0.2.1"), name("default/web"), LATER),
            new LedgerRecord.Expire(ip("192.0.2.1")));

    private static byte[] file(List<LedgerRecord> records) {
        byte[] header = LedgerCodec.header();
        byte[] body = LedgerCodec.encode(records);
        byte[] file = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, file, header.length, body.length);
        return file;
    }

    @Test
    void whatIsWrittenIsRead() {
        byte[] file = file(RECORDS);
        LedgerCodec.Decoded decoded = LedgerCodec.decode(file);

        assertThat(decoded.records()).isEqualTo(RECORDS);
        assertThat(decoded.damage()).isEmpty();
        assertThat(decoded.goodBytes()).isEqualTo(file.length);
    }

    @Test
    void peopleCanReadIt() {
        assertThat(new String(file(RECORDS), StandardCharsets.US_ASCII).lines().toList())
                .hasSize(1 + RECORDS.size())
                .contains(LedgerCodec.HEADER)
                .anyMatch(line -> line.endsWith(" hold default web file 192.0.2.1"));
    }

    @Test
    void cutAtAnyByteItGivesAllRecordsThatAreWholeAndNoDamage() {
        byte[] file = file(RECORDS);
        for (int length = LedgerCodec.header().length; length < file.length; length++) {
            LedgerCodec.Decoded decoded = LedgerCodec.decode(Arrays.copyOf(file, length));
            int whole = (int) new String(file, 0, length, StandardCharsets.US_ASCII)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    - 1;

            assertThat(decoded.damage()).as("cut at %s", length).isEmpty();
            assertThat(decoded.records()).as("cut at %s", length).isEqualTo(RECORDS.subList(0, whole));
            assertThat(decoded.goodBytes()).isLessThanOrEqualTo(length);
        }
    }

    @Test
    void cutInTheHeaderItIsDamaged() {
        for (int length = 0; length < LedgerCodec.header().length; length++) {
            assertThat(LedgerCodec.decode(Arrays.copyOf(file(RECORDS), length)).damage())
                    .as("cut at %s", length)
                    .isNotEmpty();
        }
    }

    @Test
    void anyChangedBitIsNoticedAndCostsOneRecordAtMostTwo() {
        byte[] file = file(RECORDS);
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            LedgerCodec.Decoded decoded = LedgerCodec.decode(changed);

            assertThat(RECORDS).as("bit %s", bit).containsSubsequence(decoded.records());
            assertThat(decoded.records().size()).as("bit %s", bit).isGreaterThanOrEqualTo(RECORDS.size() - 2);
            boolean noticed = !decoded.damage().isEmpty() || decoded.goodBytes() < changed.length;
            assertThat(noticed).as("bit %s", bit).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomBytesAnywhereNeverGiveARecordThatWasNotWritten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            byte[] file = file(RECORDS);
            int from = random.nextInt(file.length);
            int to = from + random.nextInt(file.length - from);
            for (int i = from; i < to; i++) {
                file[i] = (byte) random.nextInt();
            }
            List<LedgerRecord> read = new ArrayList<>(LedgerCodec.decode(file).records());

            assertThat(RECORDS).as("seed %s round %s", seed, round).containsAll(read);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void garbageIsNeverAnException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);

            assertThat(LedgerCodec.decode(garbage).records()).isEmpty();
        }
    }

    @Test
    void aStateIsTheSumOfItsRecordsAndBack() {
        LedgerState state = LedgerState.EMPTY.after(RECORDS);

        assertThat(state.held().keySet()).hasSize(2).contains(name("prod/db"));
        assertThat(state.released()).isEmpty();
        assertThat(LedgerState.EMPTY.after(state.toRecords())).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void theChangesBetweenTwoStatesLeadFromOneToTheOther(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LedgerState state = LedgerState.EMPTY;
        for (int step = 0; step < 200; step++) {
            LedgerState next = state.after(List.of(random(random), random(random)));

            assertThat(state.after(state.changesTo(next))).as("seed %s", seed).isEqualTo(next);
            assertThat(next.changesTo(next)).isEmpty();
            state = next;
        }
    }

    private static LedgerRecord random(SplittableRandom random) {
        NamespacedName service = name("s" + random.nextInt(5));
        String address = "192.0.2." + random.nextInt(8);
        return switch (random.nextInt(4)) {
            case 0 -> new LedgerRecord.Drop(service);
            case 1 -> new LedgerRecord.Release(ip(address), service, LATER.plusSeconds(random.nextInt(5)));
            case 2 -> new LedgerRecord.Expire(ip(address));
            default -> new LedgerRecord.Hold(service, "file", ips(address));
        };
    }
}
