/**
 * What is known of the API server's objects, and the fragment of intents that it stands for. Pure: the loop that owns it
 * stands in {@code org.heraldlb.k8ssource}.
 */
package org.heraldlb.k8ssource.mirror;
