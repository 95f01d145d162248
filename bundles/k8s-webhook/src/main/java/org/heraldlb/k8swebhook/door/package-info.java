/** HTTPS: the only thing here that listens. */
package org.heraldlb.k8swebhook.door;
