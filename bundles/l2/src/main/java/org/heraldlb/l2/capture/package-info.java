/** Files of frames that Wireshark reads. Pure. */
package org.heraldlb.l2.capture;
