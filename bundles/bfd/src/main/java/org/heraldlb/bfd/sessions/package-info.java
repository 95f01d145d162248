/**
 * The thread that keeps BFD's time. It waits for packets or for the earliest deadline, reads every socket dry, and only
 * then asks which sessions have expired, so that a late wake-up is late detection and never a false Down. Nothing else
 * runs on it.
 *
 * <pre>
 *   whiteboard --post--&gt; BfdEngine (thread bfd) --owns--&gt; SessionTable --&gt; LiveSession --&gt; fsm.BfdSession
 *                          |  UdpPoller.await(earliest deadline)
 *                          |  1. posted tasks   2. sockets, dry   3. expiries   4. transmissions
 *                          +--&gt; BfdSessionRequest.stateChanged, SnapshotCell&lt;BfdSnapshot&gt;
 * </pre>
 */
package org.heraldlb.bfd.sessions;
