/**
 * Conditions on Services and on configuration objects: what is to be said is decided purely, by comparing it with what
 * stands there; how it is written may wait.
 */
package org.heraldlb.k8ssource.condition;
