/**
 * Many fragments into one intent: one object of each identity, the winner deterministic, cross-checked against the last
 * good configuration. Pure.
 */
package org.heraldlb.core.merge;
