/**
 * Announcers that announce nothing: they take plans, and report what would be announced. For a node that is to be
 * watched before it speaks, and for tests of everything around an announcer.
 */
package org.heraldlb.shadow;
