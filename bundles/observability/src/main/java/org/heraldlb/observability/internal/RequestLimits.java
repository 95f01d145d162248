package org.heraldlb.observability.internal;

import java.util.Map;

/**
 * What the JDK's HTTP server reads once from system properties, when its first instance is made. Values that somebody set
 * already are kept.
 */
final class RequestLimits {

    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "20",
            "sun.net.httpserver.idleInterval", "15",
            "sun.net.httpserver.maxReqHeaders", "64",
            "jdk.httpserver.maxConnections", "128",
            "sun.net.httpserver.nodelay", "true");

    private RequestLimits() {}

    static void apply() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
