/** The commands. Each is one query: it reads, and returns what is to be shown. */
@Header(name = "Karaf-Commands", value = "org.heraldlb.shell.command")
package org.heraldlb.shell.command;

import org.osgi.annotation.bundle.Header;
