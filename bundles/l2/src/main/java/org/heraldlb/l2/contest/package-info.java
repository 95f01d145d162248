/**
 * Whether an address is ours alone (RFC 5227, RFC 4862), and whether those of others are answered as they should. Pure:
 * time comes in, effects go out.
 *
 * <pre>
 *              probes unanswered                    claimed by somebody else             asked, and he answers
 *   PROBING ----------------------> HELD ------------------------------> SUSPECT ... CHECKING ----------------> CONFLICT
 *      |  ^                          ^  ^        (patience: is it a move?)   |           |                         |
 *      |  | again after a while      |  +------------------------------------+-----------+  he does not            |
 *      v  |                          +--------------------------------------------------------- he stopped --------+
 *   YIELDED  (policy refuse) <--------------------------------------------------------------------- policy refuse -+
 * </pre>
 */
package org.heraldlb.l2.contest;
