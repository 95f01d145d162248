/**
 * Who has which address. Pure: no clocks, no threads, nothing of OSGi; time comes in as an instant that is compared with
 * the ends of reservations.
 *
 * <p><b>What it depends on.</b> On the request only: rules (pools, reservations, quotas, namespaces), services, what each
 * holds, what was released a moment ago. Not on the order in which things arrived and not on what was decided before. So a
 * restart, a swap of the bundle or another node comes to the same result, and an operator can ask beforehand.
 *
 * <p><b>In which order it decides.</b> Each step takes what the earlier ones left, in name order inside a step:
 *
 * <ol>
 *   <li>Services keep what they hold where pools, families, selectors and sharing allow. Quotas and reservations never take
 *       away. Where several hold one address and may not share it, the largest group of those who may share it with each
 *       other keeps it, then the first by name: the request does not say who changed last, and one that changes its sharing
 *       key must not turn out two that did not.
 *   <li>Services that hold something and ask for something else move, if that is possible, round after round until nobody
 *       moves any more. One whose wish cannot be granted keeps what it has, with a problem.
 *   <li>Reservations: a service without an address takes what is reserved for it.
 *   <li>Requested addresses.
 *   <li>Services that come back within the grace time take what they had.
 *   <li>Services with one address that would like both families get the other one, from the same pool.
 *   <li>Everybody else: a requested pool; or an address of a service with the same sharing key, in any pool that would do;
 *       or pinned pools by priority and name; or general pools by name.
 * </ol>
 *
 * From the third step on, those who held something that they had to give up come before those who never had anything.
 * Nothing becomes free from the third step on, so that a result taken for what is held is a result again.
 *
 * <p><b>Why it does not look through addresses.</b> The addresses of a family of a pool are one row of positions. {@link
 * org.heraldlb.ipam.alloc.Gaps} keeps the free ones as gaps in a tree: finding, taking and freeing one costs the logarithm
 * of the number of gaps. Addresses that are kept for somebody, reserved or in grace time, are no gaps.
 *
 * <p><b>Why a change is cheap.</b> {@link org.heraldlb.ipam.alloc.Allocator#apply} is told what changed. It withdraws the
 * changed services and those with whom they would contest an address, and decides about them in the order above, together
 * with everybody who waits for something. Others cannot be concerned: in the first step services meet only at an address
 * that both hold, and from there on services that have what they want do nothing. Those who wait are asked again only when
 * something became free, when they could share, or when what they are told could change; the whole decision is the same
 * thing with everybody changed, and a property test compares the two.
 *
 * <p><b>What is MetalLB's.</b> The rules of assignment and their messages, the priority of pools, the families, and this
 * oddity: a pool whose namespace selectors match nothing pulls nobody but serves everybody who asks for it. What is not:
 * randomness, the dropping of a working address for a request that cannot be granted, sharing that scatters.
 */
package org.heraldlb.ipam.alloc;
