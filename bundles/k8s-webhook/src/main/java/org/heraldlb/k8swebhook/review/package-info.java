/** Reviews and their answers. Pure. */
package org.heraldlb.k8swebhook.review;
