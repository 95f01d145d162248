package org.heraldlb.hostlinux.sys;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * JNA's direct mapping of native methods to the C library, as long as somebody needs it. JNA holds on to what it has bound: a
 * class that stays bound is never unloaded, and each new version of this bundle would leave the one before in memory. So every
 * open descriptor holds the binding of the class that it was opened with, and the last one that is closed ends it. Any thread.
 */
public final class Binding {

    private static final Map<Class<?>, Integer> HOLDERS = new ConcurrentHashMap<>();

    private Binding() {}

    /** Before the first call of a native method of {@code calls}. */
    public static void hold(Class<?> calls) {
        HOLDERS.compute(calls, (same, holders) -> {
            if (holders == null) {
                // Without a class loader, which the options of the library would keep.
                Native.register(calls, NativeLibrary.getInstance("c", (ClassLoader) null));
            }
            return holders == null ? 1 : holders + 1;
        });
    }

    /** After the last one. */
    public static void release(Class<?> calls) {
        HOLDERS.computeIfPresent(calls, (same, holders) -> {
            if (holders > 1) {
                return holders - 1;
            }
            Native.unregister(calls);
            // JNA keeps the class itself among its options, in a map whose keys alone are weak.
            Native.getLibraryOptions(calls).clear();
            return null;
        });
    }

    /**
     * Opens a descriptor that holds the binding until it is closed and {@link #release released}.
     *
     * @param opener calls a method of {@code calls}; what it returns is returned, and when that is negative nothing is held
     */
    public static int open(Class<?> calls, IntSupplier opener) {
        hold(calls);
        int fd = opener.getAsInt();
        if (fd < 0) {
            release(calls);
        }
        return fd;
    }

    /** How many hold it. */
    static int holders(Class<?> calls) {
        return HOLDERS.getOrDefault(calls, 0);
    }
}
