package org.heraldlb.k8ssource.report;

import org.heraldlb.api.intent.NamespacedName;

/**
 * One event about a service.
 *
 * @param service which
 * @param uid of the object
 * @param warning its type is {@code Warning}, otherwise {@code Normal}
 * @param reason as MetalLB names it
 * @param message for people
 */
public record Notice(NamespacedName service, String uid, boolean warning, String reason, String message) {}
