/**
 * The source itself: one loop that looks at the directory, reads what has settled and publishes what it stands for; and
 * a thread that waits for the kernel to say that something has changed.
 */
package org.heraldlb.filesource.watch;
