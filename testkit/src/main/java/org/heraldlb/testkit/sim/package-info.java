/** Many nodes in one simulated network, from one seed. */
package org.heraldlb.testkit.sim;
