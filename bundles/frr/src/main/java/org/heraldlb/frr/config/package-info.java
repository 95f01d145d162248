/** FRR's configuration as text and tree: read, print, compare. Pure. */
package org.heraldlb.frr.config;
