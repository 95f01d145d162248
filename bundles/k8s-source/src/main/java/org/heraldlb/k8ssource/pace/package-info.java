/** How often things are looked at and written. Pure. */
package org.heraldlb.k8ssource.pace;
