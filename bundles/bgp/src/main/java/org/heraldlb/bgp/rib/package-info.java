/**
 * What peers are told, as bytes. Pure.
 *
 * <p>Peers for which the same bytes are right ({@link org.heraldlb.bgp.rib.EncodingPolicy}) and which are told the same
 * share one encoding: {@link org.heraldlb.bgp.rib.BatchCache} keeps the last ones,
 * {@link org.heraldlb.bgp.rib.AdjRibOut} is one peer's place in them. A peer is never owed a queue of messages, only the
 * difference between what it was told and what it should be told; a slow peer skips whatever was overtaken meanwhile.
 */
package org.heraldlb.bgp.rib;
