/**
 * The validating and converting webhook. {@code review} is pure and says yes or no, {@code certificate} is pure but for the
 * randomness of keys and says what is due, {@code keeper} keeps certificates and those who must trust them, {@code door}
 * takes HTTPS.
 */
package org.heraldlb.k8swebhook;
