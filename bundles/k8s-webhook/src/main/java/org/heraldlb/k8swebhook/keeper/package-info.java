/** Where certificates are kept, who must trust them, and the loop that looks after both. Everything here may wait. */
package org.heraldlb.k8swebhook.keeper;
