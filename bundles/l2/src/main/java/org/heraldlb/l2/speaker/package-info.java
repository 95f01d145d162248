/**
 * Keeps the announcements of a plan on the wire. Who runs what:
 *
 * <pre>
 *   any thread        apply(plan) ------+
 *   link monitor      links changed ----+--> loop "l2": L2Engine -- opens, closes --> Station (one for each port)
 *   capture threads   socket broke -----+       |  claims (one volatile field)            |
 *                                               +--------------------------> Listener <---+
 *   capture threads   frame --> Listener --> Responder (pure) --> reply, from inside the callback
 * </pre>
 */
package org.heraldlb.l2.speaker;
