package org.heraldlb.l2.speaker;

import java.util.Map;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.l2.contest.Watch.Finding;
import org.heraldlb.l2.responder.Sent;

/** What the loop itself counts. The loop owns it. */
final class SpokenCounts {

    private final long[] sent = new long[Sent.values().length];
    private final long[] withheld = new long[Mode.values().length];
    private final long[] findings = new long[Finding.values().length];
    private long conflicts;

    void sent(Sent reason) {
        sent[reason.ordinal()]++;
    }

    /** A frame that nobody asked for did not leave, as the permission to answer was over. */
    void withheld(Mode mode) {
        withheld[mode.ordinal()]++;
    }

    /** How often that was. */
    long withheldIn(Mode mode) {
        return withheld[mode.ordinal()];
    }

    /** Somebody else turned out to have an address of ours. */
    void conflict() {
        conflicts++;
    }

    /** A question of the watchdog was settled. */
    void found(Finding finding) {
        findings[finding.ordinal()]++;
    }

    long activity() {
        long sum = conflicts;
        for (long[] counts : new long[][] {sent, withheld, findings}) {
            for (long count : counts) {
                sum += count;
            }
        }
        return sum;
    }

    void into(Map<String, Long> metrics) {
        metrics.put("layer2_probes_sent", sent[Sent.PROBE.ordinal()]);
        metrics.put("layer2_defences_sent", sent[Sent.DEFENCE.ordinal()]);
        metrics.put("layer2_conflicts", conflicts);
        metrics.put("layer2_watch_questions", sent[Sent.QUESTION.ordinal()]);
        metrics.put("layer2_watch_rounds{result=\"expected\"}", findings[Finding.EXPECTED.ordinal()]);
        metrics.put("layer2_watch_rounds{result=\"silent\"}", findings[Finding.SILENT.ordinal()]);
        metrics.put("layer2_watch_rounds{result=\"other\"}", findings[Finding.OTHER.ordinal()]);
        for (Mode mode : Mode.values()) {
            String reason = Permit.refusal(mode).label();
            metrics.put("layer2_announcements_withheld{reason=\"" + reason + "\"}", withheld[mode.ordinal()]);
        }
    }
}
