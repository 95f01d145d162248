/**
 * The members of a JGroups channel, its messages, and the connections that the kernel closes. Nothing outside this
 * package knows JGroups.
 */
package org.heraldlb.membership.group;
