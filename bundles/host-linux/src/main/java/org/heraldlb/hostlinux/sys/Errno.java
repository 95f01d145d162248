package org.heraldlb.hostlinux.sys;

/** Error numbers of Linux that need an answer (errno(3)). */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENOBUFS = 105;

    private Errno() {}

    /** A few words, without advice. */
    public static String text(int errno) {
        return switch (errno) {
            case EPERM, EACCES -> "not permitted";
            case ENODEV, ENXIO -> "no such interface";
            case EEXIST -> "already there";
            case EADDRNOTAVAIL -> "not there";
            case ENETDOWN -> "the interface is down";
            case ENOBUFS -> "no buffer space";
            default -> "error " + errno;
        };
    }
}
