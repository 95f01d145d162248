package org.heraldlb.bgp.packet;

/**
 * What was wrong with an attribute, and what that means (RFC 7606).
 *
 * @param type attribute type code, 0 when the list as a whole is at fault
 * @param action what it means for the routes of the message
 * @param text for people
 */
public record AttributeFault(int type, Action action, String text) {

    /** RFC 7606 section 2; session reset is a {@link BgpException}. */
    public enum Action {
        /** The routes stay, the attribute goes. */
        ATTRIBUTE_DISCARD,
        /** The message's routes count as withdrawn. */
        TREAT_AS_WITHDRAW
    }
}
