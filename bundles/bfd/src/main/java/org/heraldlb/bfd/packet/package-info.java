/** BFD control packets on the wire (RFC 5880 section 4). Pure. */
package org.heraldlb.bfd.packet;
