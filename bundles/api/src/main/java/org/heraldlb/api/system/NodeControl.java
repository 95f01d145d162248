package org.heraldlb.api.system;

import java.time.Duration;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;

/**
 * What an operator may ask of this node. Any thread; returns at once; what became of it is in
 * {@link SystemSnapshot.Cluster#maintenance()}.
 */
public interface NodeControl {

    /** Hands everything over. {@code undrain} takes part again. */
    void drain(String reason);

    void undrain();

    /** @param period empty: until {@link #restore} */
    void withdraw(IpAddress address, Optional<Duration> period, String reason);

    void restore(IpAddress address);

    /** @param period empty: until {@link #enablePeer} */
    void disablePeer(String peer, Optional<Duration> period, String reason);

    void enablePeer(String peer);
}
