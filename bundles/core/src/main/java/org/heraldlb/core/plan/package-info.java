/**
 * What every node announces, from the merged intent and the allocations: MetalLB's choice of advertisements, nodes,
 * prefixes and attributes. Pure: the planner that runs in production is the one that {@code herald plan} runs on files.
 *
 * <p>A service is decided once, without regard to a node ({@code ServiceDecision}); one node's share of all decisions is
 * kept in {@code NodeShare}. After a change only the services that changed are decided again; a changed pool,
 * advertisement, node or peer starts from nothing.
 */
package org.heraldlb.core.plan;
