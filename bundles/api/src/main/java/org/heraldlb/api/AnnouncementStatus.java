package org.heraldlb.api;

import java.util.List;
import org.heraldlb.api.net.IpPrefix;

/**
 * What has become of one announcement of a plan.
 *
 * @param prefix the address (as a host prefix) or route
 * @param state where it stands
 * @param places where it is announced right now: interface names for layer 2, peer names for BGP
 * @param detail one line for people, empty when there is nothing to say
 */
public record AnnouncementStatus(IpPrefix prefix, State state, List<String> places, String detail) {

    /** Where an announcement stands. */
    public enum State {
        /** On the wire in all the places that the plan names. */
        ANNOUNCED,
        /** In some of the places only. */
        PARTIAL,
        /** Waiting for something that is expected to come: a link, a session, a probe. */
        PENDING,
        /** Cannot be announced; {@code detail} says why. */
        FAILED
    }

    public AnnouncementStatus {
        places = List.copyOf(places);
    }
}
