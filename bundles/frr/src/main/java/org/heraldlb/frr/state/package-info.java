/** From FRR's JSON to statuses. Pure. */
package org.heraldlb.frr.state;
