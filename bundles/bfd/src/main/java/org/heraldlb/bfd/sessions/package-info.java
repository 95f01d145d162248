/**
 * The thread that keeps BFD's time. It waits for packets or for the earliest deadline, reads every socket dry, and only
 * then asks which sessions have expired, so that a late wake-up is late detection and never a false Down. Nothing else
 * runs on it: clients, observers and the log are told on a second thread.
 *
 * <pre>
 *   whiteboard --post--&gt; BfdEngine (thread bfd)   UdpPoller.await(earliest deadline), then
 *                          |  1. posted tasks     SessionKeeper: join, leave, change, open and reopen sockets
 *                          |  2. sockets, dry     Reception: the checks of RFC 5880 6.8.6 --&gt; LiveSession --&gt; fsm
 *                          |  3. due sessions     Agenda --&gt; fsm.BfdSession --&gt; Transmitter
 *                          +--&gt; News (thread bfd-news): BfdSessionRequest.stateChanged, BfdSnapshot, log
 * </pre>
 */
package org.heraldlb.bfd.sessions;
