/** What the process holds of the machine's memory. */
package org.heraldlb.observability.memory;
