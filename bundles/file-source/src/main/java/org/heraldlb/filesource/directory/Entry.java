package org.heraldlb.filesource.directory;

/**
 * One name of a directory, as a look at it found it.
 *
 * @param type what stands there, symbolic links followed
 * @param stamp equal stamps mean equal content; empty for what cannot be read anyway
 */
public record Entry(Type type, String stamp) {

    /** What stands there. */
    public enum Type {
        /** A regular file. */
        FILE,
        /** Nothing. */
        ABSENT,
        /** A link whose target does not exist. */
        DANGLING,
        /** A directory, FIFO, socket or device: never opened, since opening one may block or act. */
        SPECIAL,
        /** Something that cannot be looked at; {@code stamp} has the reason. */
        UNREADABLE
    }

    public static final Entry ABSENT = new Entry(Type.ABSENT, "");
    public static final Entry DANGLING = new Entry(Type.DANGLING, "");
    public static final Entry SPECIAL = new Entry(Type.SPECIAL, "");

    /** A regular file; {@code stamp} changes whenever its content may have. */
    public static Entry file(String stamp) {
        return new Entry(Type.FILE, stamp);
    }

    /** Something that cannot be looked at because of {@code reason}. */
    public static Entry unreadable(String reason) {
        return new Entry(Type.UNREADABLE, reason);
    }
}
