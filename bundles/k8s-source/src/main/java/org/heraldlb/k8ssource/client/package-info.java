/**
 * The API server: one client, a watch of each resource, and what goes wrong with them in one line. Everything here may
 * block or calls back on the client's threads.
 */
package org.heraldlb.k8ssource.client;
