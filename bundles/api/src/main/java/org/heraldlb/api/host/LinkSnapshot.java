package org.heraldlb.api.host;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;

/**
 * All interfaces at one moment.
 *
 * @param generation grows with each change
 * @param links by index, ascending
 * @param problems what could not be read
 */
public record LinkSnapshot(long generation, List<Link> links, List<Problem> problems) {

    public static final LinkSnapshot EMPTY = new LinkSnapshot(0, List.of(), List.of());

    public LinkSnapshot {
        links = List.copyOf(links);
        problems = List.copyOf(problems);
    }

    public Optional<Link> byName(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }
}
