package org.heraldlb.k8swebhook.review;

/** A body that is no review. The message is one line and goes back to whoever sent it. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
        super(message, null, false, false);
    }
}
