package org.heraldlb.l2.selection;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.net.IpFamily;

/**
 * Which interfaces can carry announcements.
 *
 * @param excluded interfaces with a match anywhere in their name never do
 */
public record LinkRules(List<Pattern> excluded) {

    /**
     * Why an interface cannot carry an announcement.
     *
     * @param text for people
     * @param lasting true when only the operator changes it, false when it may come by itself
     */
    public record Obstacle(String text, boolean lasting) {}

    public LinkRules {
        excluded = List.copyOf(excluded);
    }

    /** @throws IllegalArgumentException that names the pattern which is not a regular expression */
    public static LinkRules excluding(List<String> patterns) {
        return new LinkRules(patterns.stream().map(LinkRules::compile).toList());
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException bad) {
            throw new IllegalArgumentException(
                    "interfaces.exclude: \"" + pattern + "\" is not a regular expression: " + bad.getDescription(),
                    bad);
        }
    }

    /** Empty when {@code link} can carry announcements of {@code family}. */
    public Optional<Obstacle> obstacle(Link link, IpFamily family) {
        Optional<Pattern> match = excluded.stream()
                .filter(pattern -> pattern.matcher(link.name()).find())
                .findFirst();
        if (match.isPresent()) {
            return Optional.of(new Obstacle("excluded by interfaces.exclude (" + match.get() + ")", true));
        }
        if (link.master().isPresent()) {
            return Optional.of(new Obstacle("part of " + link.master().get() + ", name that instead", true));
        }
        if (link.has(Flag.NOARP)) {
            return Optional.of(new Obstacle("does not do ARP (flag NOARP)", true));
        }
        if (link.mac().isEmpty()) {
            return Optional.of(new Obstacle("has no Ethernet address", true));
        }
        return link.has(Flag.UP) ? obstacleOf(link, family) : Optional.of(new Obstacle("is down", false));
    }

    private static Optional<Obstacle> obstacleOf(Link link, IpFamily family) {
        if (family == IpFamily.IPV4) {
            return link.has(Flag.BROADCAST)
                    ? Optional.empty()
                    : Optional.of(new Obstacle("has no broadcast, hence no ARP", true));
        }
        return link.linkLocalV6().isPresent()
                ? Optional.empty()
                : Optional.of(new Obstacle("has no IPv6 link-local address (yet), hence no NDP", false));
    }
}
