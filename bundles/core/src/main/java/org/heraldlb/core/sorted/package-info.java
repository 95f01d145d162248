/** Sorted immutable maps on flat arrays: cheap to copy with a few changes, cheap to compare with what was before. Pure. */
package org.heraldlb.core.sorted;
