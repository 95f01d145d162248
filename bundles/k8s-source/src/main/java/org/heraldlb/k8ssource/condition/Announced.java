package org.heraldlb.k8ssource.condition;

import java.util.Optional;
import org.heraldlb.api.intent.NamespacedName;

/** Who announces what in the whole cluster, as the nodes themselves say in their status objects. Any thread. */
public interface Announced {

    /** Nothing is known yet. */
    Announced UNKNOWN = service -> Optional.empty();

    /**
     * The protocols by which a service is announced right now, for people: {@code layer 2}, {@code BGP}, both, or an empty
     * text; empty while that is not known.
     */
    Optional<String> by(NamespacedName service);
}
