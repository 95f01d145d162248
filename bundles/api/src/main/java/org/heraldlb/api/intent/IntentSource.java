package org.heraldlb.api.intent;

import org.heraldlb.api.SnapshotSource;

/** Where intents come from: files, Config Admin, Kubernetes. Register one service for each. */
public interface IntentSource extends SnapshotSource<IntentFragment> {

    /**
     * Service property, an integer: which source wins when two have the same object. Higher wins; equal ranks are
     * ordered by the source's id.
     */
    String PRECEDENCE = "source.precedence";

    /** The id that its fragments carry. */
    String id();
}
