package org.heraldlb.bfd.auth;

/**
 * bfd.XmitAuthSeq (RFC 5880 section 6.8.1). It belongs to the session and not to a key: a peer that counted on with the
 * old key refuses a number that starts anew with the next one.
 */
final class Sequence {

    private int last;

    /** {@code first} is random. */
    Sequence(int first) {
        last = first;
    }

    int next() {
        last++;
        return last;
    }

    int last() {
        return last;
    }

    void goOnFrom(int number) {
        last = number;
    }
}
