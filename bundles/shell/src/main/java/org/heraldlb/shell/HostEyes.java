package org.heraldlb.shell;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkSettings;

/** What is known about this host. Always there; empty while nobody knows. Any thread. */
public interface HostEyes {

    List<Link> links();

    Optional<LinkSettings> settings(String link);
}
