package org.heraldlb.k8swebhook.keeper;

/** Something could not be read or written now. The message is one line, with what to do about it. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(message, null, false, false);
    }
}
