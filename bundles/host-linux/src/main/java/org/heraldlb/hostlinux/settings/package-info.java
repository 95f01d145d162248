/** What the kernel was told, read from procfs and sysfs. */
package org.heraldlb.hostlinux.settings;
