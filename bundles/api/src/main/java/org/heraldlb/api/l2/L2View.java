package org.heraldlb.api.l2;

import java.util.List;

/** What the layer 2 announcer saw on the links, for operators. Any thread; nothing here waits for the announcer. */
public interface L2View {

    /** Who asked for announced addresses and was answered, the newest first; bounded, the oldest make room. */
    List<L2Neighbor> neighbors();

    /** Every address on every interface where it is claimed, and every watched one, by address. */
    List<L2Check> checks();

    /**
     * The last frames of each interface, in and out, with what was decided about each as packet comment.
     *
     * @return a file in pcapng format (draft-ietf-opsawg-pcapng) as Wireshark reads it
     */
    byte[] capture();
}
