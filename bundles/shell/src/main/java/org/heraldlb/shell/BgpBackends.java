package org.heraldlb.shell;

import java.io.IOException;
import java.util.List;

/** The BGP announcers of this node, of which core's configuration chooses one. Any thread. */
public interface BgpBackends {

    /** Key of {@code org.heraldlb.core}: a filter on the service properties of announcers. */
    String TARGET = "bgp.target";

    /** The names of those that are installed and started, ascending. */
    List<String> names();

    /** The value of {@link #TARGET}, empty for none. */
    String target() throws IOException;

    /** Chooses by name, from now on and after restarts. */
    void choose(String name) throws IOException;
}
