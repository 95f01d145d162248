/**
 * Intents from a Kubernetes API server, and what became of them written back to it.
 *
 * <pre>
 *   client (watches, requests; may block) --objects--&gt; mirror (pure) --fragment--&gt; core
 *   SystemView, mirror --&gt; status (pure: what is to be written) --&gt; client
 * </pre>
 *
 * One loop owns the mirror and decides; it never waits for the API server. Connections are opened and closed on a loop of
 * their own.
 */
package org.heraldlb.k8ssource;
