package org.heraldlb.api.bgp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;

/**
 * What operators may ask of the running sessions. Each bundle that offers a {@link BgpAnnouncer} registers one of these
 * with the same {@link org.heraldlb.api.Announcer#NAME} property. Any thread. Peers are named as in the plan; verbs for
 * unknown peers do nothing, questions about them have empty answers. Answers may take a moment: the announcer's own
 * thread gives them; an announcer that does not answer within two seconds is treated as one that knows nothing.
 */
public interface BgpControl {

    /**
     * Starts a session anew.
     *
     * @param soft false: the session is reset with Cease/Administrative Reset (RFC 4486) and comes back; true: the
     *     session stays, everything is told again, and the peer is asked to do the same (RFC 2918)
     */
    void clear(String peer, boolean soft);

    /** What the peer told us, by prefix, within the announcer's limit; for display only. */
    List<ReceivedRoute> received(String peer);

    /**
     * Every message of a peer from now on, decoded, one line each, with its direction. Lines never hold passwords.
     *
     * @param line called on the announcer's thread: post and return
     */
    Registration trace(String peer, Consumer<String> line);

    /**
     * Which peers are to have no session, with the text that they are told (RFC 9003, cut to 255 bytes of UTF-8). The
     * whole set: it replaces the one before, and holds for peers that the plan brings later. A session of such a peer
     * ends with Cease/Administrative Shutdown, never with the silence of a graceful restart, and stays Idle; a peer that
     * is no longer in the set starts at once.
     */
    void disable(Map<String, String> reasonByPeer);

    /** All about one peer's session. */
    Optional<BgpPeerDetail> detail(String peer);
}
