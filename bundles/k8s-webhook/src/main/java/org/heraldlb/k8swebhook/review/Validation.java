package org.heraldlb.k8swebhook.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Problem.Severity;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.manifest.Checked;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CrossCheck;
import org.heraldlb.manifest.CrossCheckOptions;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;

/**
 * Judges a review by the rules that hold for documents from anywhere: the object by itself, and the cluster's objects with
 * this one instead of what is there. Whatever an object refers to may come later (MetalLB's rule), so a reference that
 * leads nowhere is a warning; only a BFD profile that is used must not be deleted.
 */
public final class Validation {

    private static final Set<String> REFERENCES = Set.of(
            Code.MISSING_BFD_PROFILE.text(),
            Code.MISSING_SECRET.text(),
            Code.INVALID_SECRET.text(),
            Code.UNKNOWN_COMMUNITY.text());

    private static final String UNKNOWN_CLUSTER =
            "Herald has not read the cluster's objects yet: only this object by itself was checked";

    private final ReadContext context;
    private final CrossCheckOptions options;

    /** {@code context}: as the Kubernetes source reads; {@code mode}: as core checks. */
    public Validation(ReadContext context, CrossCheckOptions.Mode mode) {
        this.context = context;
        // Only the secrets that are referred to already are known, and whoever announces reports those.
        this.options = new CrossCheckOptions(mode, false);
    }

    /** Says what becomes of the review. */
    public Verdict judge(Review review, Cluster cluster) {
        return switch (review.operation()) {
            case CREATE, UPDATE -> review.isLeaving() ? Verdict.allowed(List.of()) : written(review, cluster);
            case DELETE -> deleted(review, cluster);
            case CONNECT -> Verdict.allowed(List.of());
        };
    }

    private Verdict written(Review review, Cluster cluster) {
        Parsed parsed = Documents.read(context, review.document(), review.object());
        List<String> warnings = lines(parsed.problems(), Severity.WARNING);
        if (isUnknown(parsed)) {
            return Verdict.allowed(List.of());
        }
        if (!parsed.isClean()) {
            return ratchet(review, errors(parsed.problems()), warnings);
        }
        if (parsed.objects().size() != 1) {
            return Verdict.allowed(warnings);
        }
        ConfigObject object = parsed.objects().get(0);
        if (cluster.objects().isEmpty()) {
            warnings.add(UNKNOWN_CLUSTER);
            return Verdict.allowed(warnings, object);
        }
        List<Problem> refusals = new ArrayList<>();
        for (Problem problem : caused(cluster, replaced(review, cluster, Optional.of(object)), object)) {
            if (REFERENCES.contains(problem.code())) {
                warnings.add(Verdict.line(problem));
            } else {
                refusals.add(problem);
            }
        }
        return refusals.isEmpty() ? Verdict.allowed(warnings, object) : ratchet(review, refusals, warnings);
    }

    /** A report, or a kind of a newer Herald: no mistake, for the API server has a definition of it. */
    private static boolean isUnknown(Parsed parsed) {
        return parsed.problems().stream().anyMatch(problem -> problem.code().equals(Code.UNKNOWN_KIND.text()));
    }

    /** What is bad already may keep its spec while its labels and finalizers change. */
    private static Verdict ratchet(Review review, List<Problem> refusals, List<String> warnings) {
        if (!review.keepsItsMeaning()) {
            return Verdict.refused(refusals, warnings);
        }
        refusals.forEach(problem -> warnings.add(Verdict.line(problem)));
        return Verdict.allowed(warnings);
    }

    private Verdict deleted(Review review, Cluster cluster) {
        Optional<ConfigObject> there = cluster.objects().stream()
                .flatMap(List::stream)
                .filter(object -> object.origin().document().equals(review.document()))
                .findFirst();
        if (there.isEmpty()) {
            return Verdict.allowed(List.of());
        }
        List<Problem> caused = caused(cluster, replaced(review, cluster, Optional.empty()), there.get());
        List<Problem> inUse = caused.stream()
                .filter(problem -> problem.code().equals(Code.MISSING_BFD_PROFILE.text()))
                .map(problem -> inUse(there.get(), problem))
                .toList();
        boolean refused = there.get().ref().kind() == Kind.BFD_PROFILE && !inUse.isEmpty();
        return refused
                ? Verdict.refused(inUse, List.of())
                : Verdict.allowed(caused.stream().map(Verdict::line).toList());
    }

    private static Problem inUse(ConfigObject profile, Problem missing) {
        String text = "failed to delete " + profile.ref() + ", used by " + missing.subject();
        return Problem.error(missing.code(), profile.ref().toString(), text)
                .at(profile.origin().document(), "", "")
                .withFix("delete the peer first, or take bfdProfile out of it");
    }

    private static List<ConfigObject> replaced(Review review, Cluster cluster, Optional<ConfigObject> object) {
        List<ConfigObject> objects = new ArrayList<>(cluster.objects().orElse(List.of()));
        objects.removeIf(known -> known.origin().document().equals(review.document()));
        // Last: of two objects with one identity the one that is there wins.
        object.ifPresent(objects::add);
        return objects;
    }

    /** Errors of {@code object} itself, and those of others that were not there before. */
    private List<Problem> caused(Cluster cluster, List<ConfigObject> after, ConfigObject object) {
        Checked before = CrossCheck.check(cluster.objects().orElse(List.of()), cluster.accepted(), options);
        Set<Problem> known = new HashSet<>(before.problems());
        return errors(CrossCheck.check(after, before.accepted(), options).problems()).stream()
                .filter(problem -> problem.subject().equals(object.ref().toString()) || !known.contains(problem))
                .toList();
    }

    private static List<Problem> errors(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    private static List<String> lines(List<Problem> problems, Severity severity) {
        return new ArrayList<>(problems.stream()
                .filter(problem -> problem.severity() == severity)
                .map(Verdict::line)
                .toList());
    }
}
