/** Beats as bytes. Whatever comes in is bounded before anything is made of it. */
package org.heraldlb.membership.codec;
