/** Authentication of control packets (RFC 5880 sections 4.2 to 4.4 and 6.7). Pure. */
package org.heraldlb.bfd.auth;
