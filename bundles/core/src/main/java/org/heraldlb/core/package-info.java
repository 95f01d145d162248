/**
 * The core loop: merges what the sources want, asks for addresses, elects, plans, tells the announcers and publishes the
 * whole as {@code SystemView}.
 *
 * <pre>
 *  sources --fragment--&gt;  Sources --&gt; merge --&gt; Ipam --&gt; plan --&gt; ledger (disk) --&gt; AnnouncerSlots --plan--&gt; announcers
 *  health, members, links --verdict--&gt;            ^                                        |
 *                                                 '------------ SystemSnapshot &lt;--status---'
 * </pre>
 *
 * <p>Everything here but {@code CoreLoop}'s public methods runs on the loop called {@code core}. Whatever happens only
 * marks the state dirty; one task does the work, however many things happened meanwhile. The generation grows only when
 * something changed that plans are made of: a status never makes one.
 */
package org.heraldlb.core;
