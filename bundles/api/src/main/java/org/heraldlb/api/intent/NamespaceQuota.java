package org.heraldlb.api.intent;

/**
 * How many distinct addresses the services of one namespace may hold ({@code heraldlb.org/v1}).
 *
 * @param ref kind {@link Kind#NAMESPACE_QUOTA}
 * @param origin where it comes from
 * @param namespace which namespace
 * @param maxAddresses not negative
 */
public record NamespaceQuota(ObjectRef ref, Origin origin, String namespace, int maxAddresses)
        implements ConfigObject {}
