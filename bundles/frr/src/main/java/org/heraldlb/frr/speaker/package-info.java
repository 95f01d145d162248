/** Keeps FRR as the plan wants it: one loop, which talks to FRR and waits for it. */
package org.heraldlb.frr.speaker;
