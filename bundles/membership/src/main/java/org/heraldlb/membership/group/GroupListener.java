package org.heraldlb.membership.group;

/** What a {@link Group} tells. Called on threads of the library: post and return. */
public interface GroupListener {

    /** Messages can be sent from now on; joining the group may take seconds more. */
    void started();

    /** Bytes that a node sent by {@link Group#send}. The sender's handle goes into {@link #closed}. */
    void received(Object handle, byte[] bytes);

    /** The kernel has closed the connection to the process with this handle. */
    void closed(Object handle);

    /** Something came that our key does not open. */
    void unopened(Object handle);
}
