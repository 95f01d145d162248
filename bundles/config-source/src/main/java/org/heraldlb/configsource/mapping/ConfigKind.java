package org.heraldlb.configsource.mapping;

import java.util.Optional;
import org.heraldlb.api.intent.Kind;

/** Which factory PID makes which kind of object. */
public enum ConfigKind {
    POOL("pool", Kind.IP_ADDRESS_POOL),
    L2_ADVERTISEMENT("l2advertisement", Kind.L2_ADVERTISEMENT),
    BGP_ADVERTISEMENT("bgpadvertisement", Kind.BGP_ADVERTISEMENT),
    PEER("peer", Kind.BGP_PEER),
    BFD_PROFILE("bfdprofile", Kind.BFD_PROFILE),
    COMMUNITY("community", Kind.COMMUNITY),
    SERVICE("service", Kind.SERVICE),
    RESERVATION("reservation", Kind.RESERVATION),
    NAMESPACE_QUOTA("namespacequota", Kind.NAMESPACE_QUOTA);

    private static final String PREFIX = "org.heraldlb.";

    private final String factoryPid;
    private final Kind kind;

    ConfigKind(String suffix, Kind kind) {
        this.factoryPid = PREFIX + suffix;
        this.kind = kind;
    }

    public String factoryPid() {
        return factoryPid;
    }

    public Kind kind() {
        return kind;
    }

    /** Empty for a factory PID that is none of ours. */
    public static Optional<ConfigKind> of(String factoryPid) {
        for (ConfigKind kind : values()) {
            if (kind.factoryPid.equals(factoryPid)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** What follows the factory PID in {@code pid}: {@code web} for {@code org.heraldlb.pool~web}. */
    public String nameOf(String pid) {
        return pid.length() > factoryPid.length() + 1 && pid.startsWith(factoryPid)
                ? pid.substring(factoryPid.length() + 1)
                : pid;
    }
}
