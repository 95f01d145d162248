package org.heraldlb.filesource.watch;

import java.nio.file.Path;

/** Says that something in a directory may have changed. It may say so too often and, on some file systems, never. */
public interface Watch extends AutoCloseable {

    /** A watch that never says anything. */
    Watch NONE = new Watch() {
        @Override
        public void follow(Path directory) {}

        @Override
        public void close() {}
    };

    /**
     * Watches the directory that stands at this path now. Cheap when it is watched already; does nothing when there is
     * none. One thread only.
     */
    void follow(Path directory);

    /** No signal starts after this. */
    @Override
    void close();
}
