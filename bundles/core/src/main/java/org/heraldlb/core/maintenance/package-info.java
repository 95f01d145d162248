/** What operators ask of a node beside the documents, and how a node is drained. Pure: time comes in. */
package org.heraldlb.core.maintenance;
