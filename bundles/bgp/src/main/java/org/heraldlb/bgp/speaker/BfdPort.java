package org.heraldlb.bgp.speaker;

import java.util.Optional;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;

/** Where BFD sessions are asked for. Any thread. */
public interface BfdPort {

    /** Nobody runs BFD. */
    BfdPort NONE = (key, timing, authentication, client, observer) -> () -> {};

    /**
     * Asks for a session until the registration is closed.
     *
     * @param client for people, such as {@code bgp:tor1}
     * @param observer called on any thread
     */
    Registration watch(
            BfdSessionKey key,
            BfdSessionTiming timing,
            Optional<BfdAuthentication> authentication,
            String client,
            Consumer<BfdSessionState> observer);
}
