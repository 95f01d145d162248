package org.heraldlb.hostlinux.udp;

/** What to say about an error number of Linux. */
final class Errno {

    private Errno() {}

    static String text(int errno) {
        return switch (errno) {
            case 1 -> "not permitted: grant CAP_NET_RAW (or CAP_NET_BIND_SERVICE for ports below 1024)";
            case 13 -> "permission denied";
            case 19 -> "no such interface";
            case 24 -> "too many open files: raise the limit (ulimit -n)";
            case 97 -> "the address family is switched off on this host";
            case 98 -> "the port is in use: stop the other program (another BFD daemon?)";
            case 99 -> "the address is not on this host";
            case 100 -> "the network is down";
            case 101 -> "no route";
            case 113 -> "no route to the host";
            default -> "error " + errno;
        };
    }
}
