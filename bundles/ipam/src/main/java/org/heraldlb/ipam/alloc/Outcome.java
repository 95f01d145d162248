package org.heraldlb.ipam.alloc;

import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.Allocation;

/**
 * What became of a service.
 *
 * @param name which
 * @param allocation what it has, if anything
 * @param problem why it has nothing, or not what it asks for
 */
public record Outcome(NamespacedName name, Optional<Allocation> allocation, Optional<Problem> problem) {}
