package org.heraldlb.api.bgp;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One BGP session as its announcer sees it.
 *
 * @param peer name of the {@code Peer}
 * @param remote address and port, or interface, for people
 * @param state RFC 4271 state
 * @param since when the state was entered, wall clock, for display
 * @param advertised routes that the peer has been told
 * @param received routes that the peer has told
 * @param lastError why the session last went down, empty when it never did
 * @param bfd state of the BFD session, when one is wanted
 * @param details further facts by name, in the field's terms
 */
public record SessionStatus(
        String peer,
        String remote,
        State state,
        Instant since,
        long advertised,
        long received,
        String lastError,
        Optional<String> bfd,
        Map<String, String> details) {

    /** RFC 4271 section 8.2.2. */
    public enum State {
        IDLE("Idle"),
        CONNECT("Connect"),
        ACTIVE("Active"),
        OPEN_SENT("OpenSent"),
        OPEN_CONFIRM("OpenConfirm"),
        ESTABLISHED("Established");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** The RFC's spelling. */
        public String text() {
            return text;
        }
    }

    public SessionStatus {
        details = Map.copyOf(details);
    }
}
