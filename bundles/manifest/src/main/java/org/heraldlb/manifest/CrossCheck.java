package org.heraldlb.manifest;

import java.util.Collection;
import java.util.List;
import org.heraldlb.api.intent.ConfigObject;

/** The rules between objects. */
public final class CrossCheck {

    private CrossCheck() {}

    public static Checked check(
            List<ConfigObject> candidates, Collection<ConfigObject> previous, CrossCheckOptions options) {
        return new Checked(candidates, List.of());
    }
}
