/** The membership of one node: a loop that owns the {@link org.heraldlb.membership.protocol.Participant}. */
package org.heraldlb.membership.engine;
