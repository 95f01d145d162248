package org.heraldlb.k8swebhook.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.Problem;

/** Answers to reviews, in the form of the API. */
public final class Reviews {

    private static final int FORBIDDEN = 403;
    /** The API server cuts a warning that is longer, and drops what is beyond a total of 4096. */
    private static final int LONGEST_WARNING = 256;

    private static final int MOST_WARNINGS = 10;

    private Reviews() {}

    static void expect(Map<String, Object> tree, String apiVersion, String kind) throws Malformed {
        if (!Tree.text(tree, "apiVersion").equals(apiVersion)
                || !Tree.text(tree, "kind").equals(kind)) {
            throw new Malformed("an " + apiVersion + " " + kind + " is expected");
        }
    }

    /** The AdmissionReview that goes back. */
    public static Map<String, Object> answer(Review review, Verdict verdict) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("uid", review.uid());
        response.put("allowed", verdict.isAllowed());
        if (!verdict.isAllowed()) {
            response.put("status", status(verdict));
        }
        List<String> warnings = verdict.warnings().stream()
                .map(text -> text.length() <= LONGEST_WARNING ? text : text.substring(0, LONGEST_WARNING))
                .limit(MOST_WARNINGS)
                .toList();
        if (!warnings.isEmpty()) {
            response.put("warnings", warnings);
        }
        return Map.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "response", response);
    }

    private static Map<String, Object> status(Verdict verdict) {
        List<Object> causes = new ArrayList<>();
        for (Problem problem : verdict.refusals()) {
            causes.add(Map.of(
                    "reason", problem.code(),
                    "message", problem.text(),
                    "field", problem.place().path()));
        }
        return Map.of(
                "status",
                "Failure",
                "code",
                FORBIDDEN,
                "reason",
                "Forbidden",
                "message",
                verdict.message(),
                "details",
                Map.of("causes", causes));
    }

    /** The ConversionReview that goes back. */
    public static Map<String, Object> converted(Map<String, Object> conversionReview) throws Malformed {
        return Conversion.answer(conversionReview);
    }
}
