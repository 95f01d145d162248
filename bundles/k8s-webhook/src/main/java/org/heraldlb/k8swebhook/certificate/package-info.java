/** Certificates: making them, when they are due, and their text. Time comes in as a date. */
package org.heraldlb.k8swebhook.certificate;
