package org.heraldlb.k8swebhook.door;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.heraldlb.k8swebhook.review.Admitted;
import org.heraldlb.k8swebhook.review.Cluster;
import org.heraldlb.k8swebhook.review.Malformed;
import org.heraldlb.k8swebhook.review.Review;
import org.heraldlb.k8swebhook.review.Reviews;
import org.heraldlb.k8swebhook.review.Tree;
import org.heraldlb.k8swebhook.review.Validation;
import org.heraldlb.k8swebhook.review.Verdict;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bodies in, bodies out. Reviews are judged one after the other, so that of two contradicting ones one is refused. */
public final class Desk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.k8swebhook");
    private static final long LONGEST_SECONDS = 5;
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final EventLoop loop;
    private final Validation validation;
    private final Supplier<Cluster> cluster;
    private final Admitted admitted = new Admitted();

    /** The desk owns {@code loop}; {@code cluster} is asked on it. */
    public Desk(EventLoop loop, Validation validation, Supplier<Cluster> cluster) {
        this.loop = loop;
        this.validation = validation;
        this.cluster = cluster;
    }

    /** HTTP's answer. */
    record Reply(int status, String type, byte[] body) {
        static Reply text(int status, String line) {
            return new Reply(status, PLAIN, (line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        static Reply json(Map<String, Object> tree) {
            return new Reply(200, "application/json", Tree.write(tree));
        }
    }

    /** Answers one request; waits some seconds at most. Any thread. */
    Reply answer(String path, byte[] body) {
        try {
            if (path.equals("/convert")) {
                return Reply.json(Reviews.converted(Tree.read(body)));
            }
            if (path.startsWith("/validate")) {
                Review review = Review.read(Tree.read(body));
                return Reply.json(Reviews.answer(review, judged(review)));
            }
            return Reply.text(404, "there are /validate and /convert");
        } catch (Malformed wrong) {
            return Reply.text(400, wrong.getMessage());
        } catch (TimeoutException slow) {
            return Reply.text(503, "no verdict within " + LONGEST_SECONDS + " s");
        } catch (ExecutionException fault) {
            LOG.error("webhook: a review failed", fault.getCause());
            return Reply.text(500, "the review failed; Herald's log says why");
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Reply.text(503, "closing");
        }
    }

    private Verdict judged(Review review) throws TimeoutException, ExecutionException, InterruptedException {
        return CompletableFuture.supplyAsync(() -> judge(review), loop).get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private Verdict judge(Review review) {
        long now = loop.ticker().nanos();
        Verdict verdict = validation.judge(review, admitted.over(cluster.get(), now));
        if (verdict.isAllowed()) {
            admitted.add(review, verdict.object(), now);
        } else {
            LOG.info("webhook: {} of {} refused: {}", review.operation(), review.document(), verdict.message());
        }
        return verdict;
    }

    @Override
    public void close() {
        loop.close();
    }
}
