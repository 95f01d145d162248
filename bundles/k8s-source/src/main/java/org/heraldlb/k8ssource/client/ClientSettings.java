package org.heraldlb.k8ssource.client;

import java.util.Optional;

/**
 * How the API server is reached.
 *
 * @param kubeconfig path; empty: the service account of the pod that Herald runs in
 * @param namespace Herald's own: where MetalLB's kinds, secrets, the lease and events of configuration are
 * @param identity who holds the lease: unique among the instances of a cluster
 */
public record ClientSettings(Optional<String> kubeconfig, String namespace, String identity) {}
