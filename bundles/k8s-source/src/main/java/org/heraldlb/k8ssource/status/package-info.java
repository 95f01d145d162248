/** What is written back to Services: what is to be written is decided purely, how it is written may wait. */
package org.heraldlb.k8ssource.status;
