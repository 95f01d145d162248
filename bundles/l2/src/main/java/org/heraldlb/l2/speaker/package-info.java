/**
 * Keeps the announcements of a plan on the wire. Who runs what:
 *
 * <pre>
 *   any thread        apply(plan) ------+
 *   link monitor      links changed ----+--> loop "l2": L2Engine -- opens, closes --> Ports, Station (one for each port)
 *   membership        who, may I -------+       |  Contests (who else has it), Watchdog (do others answer), Bursts
 *   capture threads   socket broke -----+       |    speak by the station's Voice
 *   capture threads   Hearsay (bounded) +       |  claims (one volatile field)
 *                                               +--------------------------> Listener
 *   capture threads   frame --> Listener --> Responder (pure), Permit --> reply, from inside the callback
 *   any thread        L2View: Observatory reads what the capture threads noted
 * </pre>
 */
package org.heraldlb.l2.speaker;
