package org.heraldlb.manifest;

import java.util.Collection;
import java.util.List;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.manifest.check.Check;

/** The rules between objects. Pure; any thread. */
public final class CrossCheck {

    private CrossCheck() {}

    /**
     * Finds the objects that are consistent with each other. Only objects of kinds that {@link #concerns} names are ever
     * refused, and only the offending one: objects that are as in {@code previous} go first, then changed ones, then new
     * ones, each in a fixed order of kinds and names, so that what works wins over the newcomer.
     *
     * <p>A refused object that has a version in {@code previous} keeps that version where it is still consistent. An object
     * that refers to a missing BFD profile, secret or community alias is reported and kept as before, together with what
     * it referred to then; a new one waits.
     *
     * @param candidates all objects; nodes and secrets among them are consulted; services may be left out
     * @param previous what the last check accepted
     */
    public static Checked check(
            List<ConfigObject> candidates, Collection<ConfigObject> previous, CrossCheckOptions options) {
        return Check.run(candidates, previous, options);
    }

    /**
     * True when objects of the kind are checked. All others pass through, so a caller with many services may leave them
     * out and check again only when an object of these kinds, a node or a secret has changed.
     */
    public static boolean concerns(Kind kind) {
        return Check.concerns(kind);
    }
}
