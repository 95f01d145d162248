package org.heraldlb.l2.speaker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.heraldlb.l2.selection.LinkRules;

/**
 * How to announce.
 *
 * @param rules which interfaces never do
 * @param schedule when unasked announcements are sent after an address is gained, ascending, the first usually zero
 * @param pings how many pings of announced addresses are answered in a second on one interface; 0: none
 */
public record L2Settings(LinkRules rules, List<Duration> schedule, int pings) {

    /** As MetalLB ships it: what container runtimes and hypervisors make for themselves. */
    public static final String DEFAULT_EXCLUDED =
            "^docker.* ^cbr.* ^dummy.* ^virbr.* ^lxcbr.* ^veth.* ^lo$ ^cali.* ^tunl.*"
                    + " ^flannel.* ^kube-ipvs.* ^cni.* ^nodelocaldns.* ^lxc.*";

    /** As MetalLB does it: at once, then every 1.1 s for 5 s. */
    public static final String DEFAULT_SCHEDULE = "0 1100 2200 3300 4400";

    /** Pings answered in a second, where they are. */
    public static final int DEFAULT_PINGS = 100;

    private static final int MAX_ROUNDS = 100;
    private static final int MAX_PINGS = 100_000;

    public L2Settings {
        schedule = schedule.stream().sorted().toList();
        if (schedule.isEmpty()
                || schedule.size() > MAX_ROUNDS
                || schedule.get(0).isNegative()) {
            throw new IllegalArgumentException(
                    "gratuitous.schedule holds 1 to " + MAX_ROUNDS + " numbers of milliseconds, none negative");
        }
        if (pings < 0 || pings > MAX_PINGS) {
            throw new IllegalArgumentException("ping.rate is a number from 0 to " + MAX_PINGS + ", not " + pings);
        }
    }

    /** The same with pings answered. */
    public L2Settings withPings(int rate) {
        return new L2Settings(rules, schedule, rate);
    }

    /**
     * Without answers to pings. Words are separated by blanks or commas.
     *
     * @throws IllegalArgumentException that says which word is wrong
     */
    public static L2Settings parse(String excluded, String schedule) {
        List<Duration> times = words(schedule).stream().map(L2Settings::millis).toList();
        return new L2Settings(LinkRules.excluding(words(excluded)), times, 0);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Duration millis(String word) {
        try {
            return Duration.ofMillis(Integer.parseInt(word));
        } catch (NumberFormatException bad) {
            throw new IllegalArgumentException(
                    "gratuitous.schedule: \"" + word + "\" is not a number of milliseconds", bad);
        }
    }
}
