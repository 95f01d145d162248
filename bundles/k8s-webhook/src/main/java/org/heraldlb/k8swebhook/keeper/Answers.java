package org.heraldlb.k8swebhook.keeper;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.heraldlb.api.kubernetes.ApiServer.Answer;
import org.heraldlb.k8swebhook.review.Malformed;
import org.heraldlb.k8swebhook.review.Tree;

/** Answers of the API server as objects. */
final class Answers {

    private Answers() {}

    /** The object that came back from doing {@code what}. */
    static Map<String, Object> object(Answer answer, String what) throws Unavailable {
        if (answer.status() == 0) {
            throw new Unavailable(what + ": " + answer.body());
        }
        Map<String, Object> tree;
        try {
            tree = Tree.read(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (Malformed strange) {
            throw new Unavailable(what + ": status " + answer.status() + " and no object");
        }
        if (!answer.isGood()) {
            throw new Unavailable(what + ": " + answer.status() + " " + Tree.text(tree, "message"));
        }
        return tree;
    }
}
