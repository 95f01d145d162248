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

    /**
     * The name in {@code FACTORYPID~NAME}, or in {@code FACTORYPID-NAME.cfg}: a configuration that the shell or JMX
     * makes has a random PID and is stored in a file with a name that people chose.
     *
     * @param file the configuration's file, as path or URL; empty when it has none
     */
    String nameOf(String pid, String file) {
        String stem = file.substring(file.lastIndexOf('/') + 1);
        if (stem.startsWith(factoryPid + "-") && stem.lastIndexOf('.') > factoryPid.length() + 1) {
            return stem.substring(factoryPid.length() + 1, stem.lastIndexOf('.'));
        }
        return pid.length() > factoryPid.length() + 1 && pid.startsWith(factoryPid)
                ? pid.substring(factoryPid.length() + 1)
                : pid;
    }
}
