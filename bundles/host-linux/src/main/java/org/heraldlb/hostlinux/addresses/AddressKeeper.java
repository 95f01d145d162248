package org.heraldlb.hostlinux.addresses;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.host.HostAddressAnnouncer;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkWriter;
import org.heraldlb.hostlinux.netlink.NetlinkWriter.Existing;
import org.heraldlb.hostlinux.sys.Errno;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the addresses of the plan on their links. Each has a finite lifetime and is renewed three times within it, so a
 * crash leaves nothing behind for long. An address that was there before, put by somebody else, is left alone for good.
 */
public final class AddressKeeper implements HostAddressAnnouncer {

    /** What becomes of the addresses when the keeper goes. */
    public enum Leave {
        /** They are taken off: the whole process stops. */
        REMOVE,
        /** They expire in a few seconds unless a successor renews them: this bundle is being replaced. */
        HAND_OVER
    }

    /** An assignment as it stands. {@code error} is 0 when the address is on the link. */
    private record Standing(int index, boolean ours, int error) {}

    private static final Logger LOG = LoggerFactory.getLogger(AddressKeeper.class);
    private static final String NAME = "host-address";
    private static final String RENEW = "renew";
    private static final String LOOK_AGAIN = "look-again";
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long HAND_OVER_SECONDS = 10;
    private static final int NO_LINK = -1;
    private static final int NO_ANSWER = -2;

    private final EventLoop loop;
    private final LinkMonitor links;
    private final AddressBook book;
    private final long lifetimeSeconds;
    private final LatestWins<HostAddressPlan> plans;
    private final SnapshotCell<AnnouncerStatus> cell = new SnapshotCell<>(AnnouncerStatus.initial(NAME));
    private final Map<Assignment, Standing> standings = new HashMap<>();
    private HostAddressPlan plan;
    private Registration observation;

    AddressKeeper(EventLoop loop, LinkMonitor links, AddressBook book, Duration lifetime) {
        this.loop = loop;
        this.links = links;
        this.book = book;
        this.lifetimeSeconds = lifetime.toSeconds();
        this.plans = new LatestWins<>(loop, this::take);
    }

    /** A keeper of the kernel's addresses; {@code lifetime} at least 3 s. */
    public static AddressKeeper ofKernel(EventLoop loop, LinkMonitor links, Duration lifetime) {
        return new AddressKeeper(loop, links, new NetlinkAddressBook(), lifetime);
    }

    /** Follows the links from now on. */
    public void start() {
        observation = links.observe(snapshot -> loop.execute(this::reconcile));
    }

    @Override
    public void apply(HostAddressPlan newest) {
        plans.offer(newest);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return cell;
    }

    private void take(HostAddressPlan newest) {
        plan = newest;
        reconcile();
    }

    private void reconcile() {
        if (plan == null) {
            return;
        }
        dropUnwanted();
        plan.assignments().forEach(this::settle);
        publish();
        boolean pending = standings.values().stream().anyMatch(standing -> standing.error() != 0);
        if (pending) {
            loop.reschedule(LOOK_AGAIN, loop.ticker().nanos() + RETRY_NANOS, this::reconcile);
        } else {
            loop.cancel(LOOK_AGAIN);
        }
        if (!standings.isEmpty()) {
            loop.schedule(RENEW, loop.ticker().nanos() + renewalNanos(), this::renew);
        }
    }

    private long renewalNanos() {
        return Duration.ofSeconds(lifetimeSeconds).toNanos() / 3;
    }

    private void dropUnwanted() {
        List<Assignment> unwanted = standings.keySet().stream()
                .filter(assignment -> !plan.assignments().contains(assignment))
                .toList();
        unwanted.forEach(assignment -> remove(assignment, standings.remove(assignment)));
    }

    private void remove(Assignment assignment, Standing standing) {
        if (standing.ours() && standing.error() == 0) {
            try {
                book.remove(standing.index(), assignment.address());
            } catch (IOException refused) {
                LOG.debug("{} expires by itself", assignment, refused);
            }
        }
    }

    private void settle(Assignment assignment) {
        int index = links.current()
                .byName(assignment.linkInterface())
                .map(Link::index)
                .orElse(NO_LINK);
        Standing standing = standings.get(assignment);
        if (standing == null || standing.error() != 0 || standing.index() != index) {
            standings.put(
                    assignment, index == NO_LINK ? new Standing(NO_LINK, false, NO_LINK) : put(assignment, index));
        }
    }

    private Standing put(Assignment assignment, int index) {
        try {
            int error = book.put(index, assignment.address(), lifetimeSeconds, Existing.REFUSE);
            if (error != Errno.EEXIST) {
                return new Standing(index, true, error);
            }
            if (!isLeftOver(assignment, index)) {
                return new Standing(index, false, 0);
            }
            return new Standing(index, true, book.put(index, assignment.address(), lifetimeSeconds, Existing.REPLACE));
        } catch (IOException silent) {
            return new Standing(index, true, NO_ANSWER);
        }
    }

    /** Ours from an earlier life: marked so, or, on kernels that keep no mark, mortal as nobody else's on such a link. */
    private boolean isLeftOver(Assignment assignment, int index) throws IOException {
        Optional<AddressIs> present = book.list().stream()
                .filter(address -> address.index() == index
                        && address.address().equals(assignment.address())
                        && address.prefixLength()
                                == assignment.address().family().bits())
                .findFirst();
        return present.filter(address -> address.protocol() == NetlinkWriter.OUR_PROTOCOL
                        || address.protocol() == 0
                                && address.validSeconds() >= 0
                                && address.validSeconds() <= lifetimeSeconds)
                .isPresent();
    }

    private void renew() {
        Map<Assignment, Standing> ours = new LinkedHashMap<>(standings);
        ours.values().removeIf(standing -> !standing.ours() || standing.error() != 0);
        ours.forEach((assignment, standing) -> standings.put(assignment, renewed(assignment, standing)));
        loop.cancel(RENEW);
        reconcile();
    }

    private Standing renewed(Assignment assignment, Standing standing) {
        try {
            int error = book.put(standing.index(), assignment.address(), lifetimeSeconds, Existing.REPLACE);
            return new Standing(standing.index(), true, error);
        } catch (IOException silent) {
            return new Standing(standing.index(), true, NO_ANSWER);
        }
    }

    private void publish() {
        List<AnnouncementStatus> announcements =
                plan.assignments().stream().map(this::announcement).toList();
        List<Problem> problems = new ArrayList<>();
        if (standings.values().stream().anyMatch(standing -> isDenied(standing.error()))) {
            problems.add(Problem.error(
                            "missingCapability", NAME, "service addresses cannot be put on interfaces: not permitted")
                    .withFix("grant the process CAP_NET_ADMIN, or put the addresses there yourself"));
        }
        cell.set(new AnnouncerStatus(
                NAME, plan.generation(), problems.isEmpty(), announcements, List.of(), problems, Map.of()));
    }

    private static boolean isDenied(int error) {
        return error == Errno.EPERM || error == Errno.EACCES;
    }

    private AnnouncementStatus announcement(Assignment assignment) {
        Standing standing = standings.get(assignment);
        State state =
                switch (standing.error()) {
                    case 0 -> State.ANNOUNCED;
                    case NO_LINK, NO_ANSWER -> State.PENDING;
                    default -> State.FAILED;
                };
        List<String> places = state == State.ANNOUNCED ? List.of(assignment.linkInterface()) : List.of();
        return new AnnouncementStatus(IpPrefix.host(assignment.address()), state, places, detail(assignment, standing));
    }

    private static String detail(Assignment assignment, Standing standing) {
        return switch (standing.error()) {
            case 0 -> standing.ours() ? "" : "was there already; it is left alone";
            case NO_LINK -> "no interface " + assignment.linkInterface();
            case NO_ANSWER -> "the kernel does not answer";
            default -> assignment.linkInterface() + ": " + Errno.text(standing.error());
        };
    }

    /** Stops, and returns when the addresses are dealt with. Idempotent. */
    public void close(Leave leave) {
        if (observation != null) {
            observation.close();
        }
        loop.execute(() -> leave(leave));
        loop.close();
    }

    private void leave(Leave leave) {
        standings.forEach((assignment, standing) -> {
            if (leave == Leave.REMOVE) {
                remove(assignment, standing);
            } else if (standing.ours() && standing.error() == 0) {
                shorten(assignment, standing);
            }
        });
        standings.clear();
        plan = null;
        book.close();
    }

    private void shorten(Assignment assignment, Standing standing) {
        try {
            long seconds = Math.min(HAND_OVER_SECONDS, lifetimeSeconds);
            book.put(standing.index(), assignment.address(), seconds, Existing.REPLACE);
        } catch (IOException refused) {
            LOG.debug("{} expires at its own time", assignment, refused);
        }
    }
}
