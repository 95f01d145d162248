/** What to do about a frame: the claims of this node and the decision. Pure, constant time, nothing is allocated. */
package org.heraldlb.l2.responder;
