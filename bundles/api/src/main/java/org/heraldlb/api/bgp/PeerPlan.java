package org.heraldlb.api.bgp;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;

/**
 * One session and its routes, with all references resolved.
 *
 * @param peer as configured
 * @param password the MD5 key, from the document or its Secret
 * @param bfd the profile, when the peer names one
 * @param routes immutable, ordered by prefix, one for each prefix; the same list object serves all peers that are told
 *     the same, so that announcers can share encodings by identity
 */
public record PeerPlan(Peer peer, Optional<SecretValue> password, Optional<BfdProfile> bfd, List<Route> routes) {

    public String name() {
        return peer.name();
    }
}
