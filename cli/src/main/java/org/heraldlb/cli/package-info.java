/**
 * {@code herald plan} and {@code herald validate}: what Herald would do with documents, without a container, a network or
 * any right. The planner that answers here is the planner that runs in production.
 */
package org.heraldlb.cli;
