package org.heraldlb.api.ipam;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.NamespacedName;

/**
 * Why a service has the addresses that it has, or none.
 *
 * @param service who
 * @param allocation what it got
 * @param summary one line: how it was decided (held, requested, reserved, annotated pool, pinned pool, automatic)
 * @param steps every pool considered, in the order of consideration
 */
public record AllocationTrace(
        NamespacedName service, Optional<Allocation> allocation, String summary, List<Step> steps) {

    /**
     * @param pool name of the pool
     * @param chosen true for the one that gave the addresses
     * @param code stable, lower camel case reason: {@code chosen}, {@code notAutoAssign}, {@code namespaceMismatch},
     *     {@code serviceSelectorMismatch}, {@code exhausted}, {@code familyMissing}, {@code notNeeded} ...
     * @param reason one line for people
     */
    public record Step(String pool, boolean chosen, String code, String reason) {}

    public AllocationTrace {
        steps = List.copyOf(steps);
    }
}
