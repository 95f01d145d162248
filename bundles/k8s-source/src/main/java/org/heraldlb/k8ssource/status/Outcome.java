package org.heraldlb.k8ssource.status;

/**
 * What became of a write.
 *
 * @param result what happened
 * @param text one line, empty when it was written
 */
record Outcome(Result result, String text) {

    /** What happened to a write. */
    enum Result {
        WRITTEN,
        /** The object has changed or is gone: its next version decides. */
        OVERTAKEN,
        /** Somebody else owns the field: not fought. */
        CONFLICT,
        /** The API server is in trouble or forbids it: tried again later. */
        FAILED
    }

    static final Outcome WRITTEN = new Outcome(Result.WRITTEN, "");
}
