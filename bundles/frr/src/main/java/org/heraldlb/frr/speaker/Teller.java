package org.heraldlb.frr.speaker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.frr.config.Delta;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.render.Rendered;
import org.heraldlb.frr.render.Rendering;
import org.heraldlb.frr.render.Target;
import org.heraldlb.runtime.Ticker;

/**
 * Brings what FRR runs to what a plan wants. Where only routes changed, FRR is asked about those and told them at once; what
 * it made of that, and everything else, is decided by a look at its whole configuration. The loop's.
 */
final class Teller {

    private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();
    private static final long CHECK_NANOS = Duration.ofSeconds(5).toNanos();
    /** Looking takes longer where there are more routes: no more than this part of the time is spent with it. */
    private static final int LOOK_SHARE = 10;
    /** Above that, one look at the configuration costs less than a question about each. */
    private static final int MANY = 64;

    private static final Target NO_TARGET = new Target(Section.root(), Map.of(), List.of());

    private final FrrSettings settings;
    private final List<String> extras;
    private final Ticker ticker;
    private final Verdict verdict = new Verdict();
    private Target target = NO_TARGET;
    private Rendered rendered;
    private Running known;
    private boolean verified;
    private boolean extrasAreSaid;
    private long nextCheck;
    private long lookNanos;

    /** @param extras the operator's own commands, said once to each FRR */
    Teller(FrrSettings settings, List<String> extras, Ticker ticker) {
        this.settings = settings;
        this.extras = List.copyOf(extras);
        this.ticker = ticker;
    }

    /** What FRR should run, after the newest plan. */
    Target target() {
        return target;
    }

    /** FRR was seen to run it. */
    boolean isVerified() {
        return verified;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Another FRR: it may run anything. */
    void connected() {
        lost();
        verified = false;
        extrasAreSaid = false;
    }

    /** It does not answer. */
    void lost() {
        known = null;
        rendered = null;
    }

    /** There is nothing that it should run. */
    void nothingWanted() {
        lost();
        target = NO_TARGET;
    }

    /** True when something was told. */
    boolean tell(FrrLink link, BgpPlan plan, Map<String, String> disabled) throws IOException {
        if (link.takeNewBfdd()) {
            lost();
            verified = false;
            verdict.asWanted();
        }
        if (tellRoutes(link, plan)) {
            return true;
        }
        boolean check = known == null || ticker.nanos() - nextCheck >= 0;
        if (check) {
            look(link);
        }
        Delta delta = difference(link, plan, disabled);
        if (!check && !delta.isEmpty() && !verdict.isKnownToFail(delta, false)) {
            // The operator may have been there since the last look.
            look(link);
            delta = difference(link, plan, disabled);
        }
        if (delta.isEmpty()) {
            asWanted(link, plan, check);
            return false;
        }
        if (verdict.isKnownToFail(delta, check)) {
            return false;
        }
        if (check && verified) {
            verdict.edited(delta, ticker.nanos());
        }
        change(link, delta);
        return true;
    }

    /** The short way, for services that come and go. */
    private boolean tellRoutes(FrrLink link, BgpPlan plan) throws IOException {
        if (rendered == null || known == null || !verdict.isFine()) {
            return false;
        }
        Optional<Rendered.Step> next =
                rendered.next(plan).filter(step -> step.touched().size() <= MANY);
        if (next.isEmpty() || next.get().delta().isEmpty()) {
            return false;
        }
        Rendered.Step step = next.get();
        if (!link.isAsLeft(step.touched())) {
            known = null;
            return false;
        }
        rendered = step.rendered();
        target = rendered.target();
        change(link, step.delta());
        return true;
    }

    /** Before anything is changed: the operator may have been there since the last look. */
    private boolean isAsLeft(FrrLink link, Rendered.Step step) throws IOException {
        if (step.touched().size() <= MANY) {
            return link.isAsLeft(step.touched());
        }
        Running before = known;
        look(link);
        return known.equals(before);
    }

    private void look(FrrLink link) throws IOException {
        long begun = ticker.nanos();
        known = link.running();
        lookNanos = ticker.nanos() - begun;
        nextCheck = ticker.nanos() + Math.max(CHECK_NANOS, pause());
    }

    private long pause() {
        return Math.max(SOON_NANOS, LOOK_SHARE * lookNanos);
    }

    private Delta difference(FrrLink link, BgpPlan plan, Map<String, String> disabled) {
        if (rendered == null || !rendered.isOf(plan, known, disabled)) {
            rendered = Rendering.of(plan, settings, known, disabled);
            target = rendered.target();
        }
        Delta delta = Delta.between(known, target.config());
        return link.hasBfdd() ? delta : delta.withoutBfdd();
    }

    private void asWanted(FrrLink link, BgpPlan plan, boolean check) throws IOException {
        verified |= check;
        if (check) {
            verdict.asWanted();
        }
        // After ours, which they may refer to.
        if (!extrasAreSaid && verified && !extras.isEmpty() && !plan.peers().isEmpty()) {
            extrasAreSaid = true;
            verdict.extras(link.say(extras));
        }
    }

    private void change(FrrLink link, Delta delta) throws IOException {
        verdict.told(delta, link.change(delta));
        FrrLog.changed(delta.size(), delta.resets());
        known = new Running(target.config(), known.instances());
        // What FRR made of it is looked at soon, once.
        verified = false;
        nextCheck = ticker.nanos() + pause();
    }
}
