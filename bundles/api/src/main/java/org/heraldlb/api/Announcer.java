package org.heraldlb.api;

/**
 * Carries out whole plans of one kind. To add an announcer, implement one sub-interface and register it as a service
 * with the property {@link #NAME}.
 *
 * @param <P> the plan it understands
 */
public interface Announcer<P extends Plan> {

    /** Service property: the short name by which configuration chooses between announcers, such as {@code native}. */
    String NAME = "announcer.name";

    /**
     * Makes {@code plan} the desired state, replacing the one before in full. Any thread; returns at once; may be called
     * with an equal plan (nothing happens on the wire then) and after close (nothing happens at all). Only the newest
     * plan counts: plans that were overtaken may be skipped.
     */
    void apply(P plan);

    /** What has become of the plan; {@link AnnouncerStatus#observedGeneration()} tells which one. */
    SnapshotSource<AnnouncerStatus> status();
}
