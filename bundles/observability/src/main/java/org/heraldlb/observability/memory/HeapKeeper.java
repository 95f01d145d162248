package org.heraldlb.observability.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.heraldlb.observability.memory.Giveback.Reading;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets G1 collect beside the running threads, once a burst is over, by its own setting for a calm process. Other collectors are
 * left alone.
 */
public final class HeapKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeapKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final String SETTING = "G1PeriodicGCInterval";
    private static final String OFTEN = "5000";
    private static final String NEVER = "0";

    private final EventLoop loop;
    private final Giveback giveback = new Giveback();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private boolean collecting;

    private HeapKeeper(EventLoop loop) {
        this.loop = loop;
    }

    /** Looks every now and then from now on. The loop is closed with this. */
    public static HeapKeeper start(EventLoop loop) {
        HeapKeeper keeper = new HeapKeeper(loop);
        boolean g1 = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .anyMatch(collector -> collector.getName().startsWith("G1"));
        if (g1) {
            loop.execute(keeper::look);
        }
        return keeper;
    }

    private void look() {
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        long committed =
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        boolean next = giveback.collects(new Reading(committed, collections));
        if (next != collecting) {
            LOG.debug("heap of {} MiB: {}", committed >> 20, next ? "collecting" : "settled");
            set(next ? OFTEN : NEVER);
            collecting = next;
        }
        loop.schedule("look", loop.ticker().nanos() + LOOK.toNanos(), this::look);
    }

    private void set(String millis) {
        try {
            server.invoke(
                    new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                    "setVMOption",
                    new Object[] {SETTING, millis},
                    new String[] {String.class.getName(), String.class.getName()});
        } catch (JMException | RuntimeException otherMachine) {
            LOG.debug("{} cannot be set", SETTING, otherMachine);
        }
    }

    @Override
    public void close() {
        loop.execute(() -> {
            if (collecting) {
                set(NEVER);
            }
        });
        loop.close();
    }
}
