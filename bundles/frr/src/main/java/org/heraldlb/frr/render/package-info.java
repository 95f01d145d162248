/** From plans to FRR's configuration. Pure. */
package org.heraldlb.frr.render;
