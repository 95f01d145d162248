package org.heraldlb.observability.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
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
    private static final String DIAGNOSTIC = "com.sun.management:type=HotSpotDiagnostic";
    private static final String STRING = String.class.getName();
    private static final Set<String> PAUSES = Set.of("G1 Young Generation", "G1 Old Generation");
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
        if (NEVER.equals(keeper.value())) {
            loop.execute(keeper::look);
        }
        return keeper;
    }

    /** Empty where there is no such setting; what somebody else has set is his. */
    private String value() {
        if (collections().count() == 0) {
            return "";
        }
        try {
            Object option = server.invoke(
                    new ObjectName(DIAGNOSTIC), "getVMOption", new Object[] {SETTING}, new String[] {STRING});
            return String.valueOf(((CompositeData) option).get("value"));
        } catch (JMException | RuntimeException otherMachine) {
            return "";
        }
    }

    /** Markings are counted elsewhere, and differently from one Java to the next. */
    private static LongStream collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(one -> PAUSES.contains(one.getName()))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount);
    }

    private void look() {
        long collections = collections().sum();
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
            server.invoke(new ObjectName(DIAGNOSTIC), "setVMOption", new Object[] {SETTING, millis}, new String[] {
                STRING, STRING
            });
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
