/** For tests of intent sources and of whatever reads them. */
package org.heraldlb.testkit.source;
