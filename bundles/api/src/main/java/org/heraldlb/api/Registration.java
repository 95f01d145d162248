package org.heraldlb.api;

/** Something that can be taken back. {@link #close()} may be called from any thread, any number of times. */
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
