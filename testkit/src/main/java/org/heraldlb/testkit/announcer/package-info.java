/** For tests of announcers and of whatever tells them plans. */
package org.heraldlb.testkit.announcer;
