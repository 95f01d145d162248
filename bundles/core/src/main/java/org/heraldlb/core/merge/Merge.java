package org.heraldlb.core.merge;

import java.util.Collection;
import java.util.List;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.manifest.CrossCheckOptions;

/** The whole merge from nothing. */
public final class Merge {

    private Merge() {}

    /**
     * Merges fragments.
     *
     * @param byPrecedence of two objects of one identity the one of the earlier fragment wins
     * @param previous what the last merge accepted; wins over newcomers that contradict it
     */
    public static Merged merge(
            List<IntentFragment> byPrecedence, Collection<ConfigObject> previous, CrossCheckOptions options) {
        return new IncrementalMerge(previous, options).merge(byPrecedence);
    }
}
