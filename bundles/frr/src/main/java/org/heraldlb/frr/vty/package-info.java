/** The command line of FRR's daemons, over the Unix sockets that vtysh uses. */
package org.heraldlb.frr.vty;
