package org.heraldlb.l2.responder;

import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.net.IpAddress;

/**
 * An address that matters on one interface. Its role changes in place, for the next frame on, so that a verdict about one
 * address of ten thousand costs one write and not a new table.
 */
public final class Claim {

    /** What the interface does about questions for an address. */
    public enum Role {
        /** Answers. */
        HELD(Verdict.ANSWERED),
        /** Keeps silent: announced on other interfaces only. */
        ELSEWHERE(Verdict.OTHER_INTERFACE),
        /** Keeps silent until it is known that nobody else has it. */
        PROBING(Verdict.PROBING),
        /** Keeps silent, as somebody else has it. */
        YIELDED(Verdict.YIELDED),
        /** Keeps silent: another node's, of which we want to hear who answers. */
        WATCHED(Verdict.NOT_ANNOUNCED);

        private final Verdict toQuestions;

        Role(Verdict toQuestions) {
            this.toQuestions = toQuestions;
        }

        Verdict toQuestions() {
            return toQuestions;
        }
    }

    private final IpAddress address;
    private final Mode mode;
    private final AddressCounts counts;
    private volatile Role role;

    /** {@code counts} are shared by all interfaces. */
    public Claim(IpAddress address, Role role, Mode mode, AddressCounts counts) {
        this.address = address;
        this.role = role;
        this.mode = mode;
        this.counts = counts;
    }

    /** One that is answered as MetalLB does, or announced elsewhere only. */
    public Claim(IpAddress address, boolean here, AddressCounts counts) {
        this(address, here ? Role.HELD : Role.ELSEWHERE, Mode.AVAILABLE, counts);
    }

    public IpAddress address() {
        return address;
    }

    /** Which permission an answer needs. */
    public Mode mode() {
        return mode;
    }

    public AddressCounts counts() {
        return counts;
    }

    public Role role() {
        return role;
    }

    /** Any thread; for the next frame on. */
    public void become(Role next) {
        role = next;
    }
}
