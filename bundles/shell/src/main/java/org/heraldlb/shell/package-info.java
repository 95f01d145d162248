/**
 * Commands of the Karaf shell, and the door through which {@code bin/herald shell} reaches them. Commands read
 * {@link org.heraldlb.shell.NodeView} and return text; they know no implementation of anything.
 */
package org.heraldlb.shell;
