package org.heraldlb.k8swebhook.internal;

import java.util.Map;

/**
 * What the JDK's HTTP server reads once from system properties, when the first instance in the process is made. Values that
 * somebody set already, such as the HTTP door of the metrics, are kept.
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
