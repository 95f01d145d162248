package org.heraldlb.api.system;

import java.util.Optional;
import org.heraldlb.api.intent.NamespacedName;

/** Answers "why" for the snapshot that it belongs to. Any thread; pure. */
public interface Explainer {

    /** Knows nothing. */
    Explainer NONE = service -> Optional.empty();

    /** Why the service has its addresses and who announces them; empty when there is no such service. */
    Optional<Explanation> explain(NamespacedName service);
}
