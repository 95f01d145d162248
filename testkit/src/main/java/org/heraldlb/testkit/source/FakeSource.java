package org.heraldlb.testkit.source;

import java.util.List;
import java.util.function.Consumer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.runtime.SnapshotCell;

/** A source that says what the test tells it to. Starts unsynced. */
public final class FakeSource implements IntentSource {

    private final String id;
    private final SnapshotCell<IntentFragment> cell;

    public FakeSource(String id) {
        this.id = id;
        this.cell = new SnapshotCell<>(IntentFragment.unsynced(id));
    }

    /** A source that has read these. */
    public static FakeSource of(String id, ConfigObject... objects) {
        FakeSource source = new FakeSource(id);
        source.says(objects);
        return source;
    }

    /** From now on exactly these, synced. */
    public void says(ConfigObject... objects) {
        says(List.of(objects), List.of());
    }

    public void says(List<ConfigObject> objects, List<Problem> problems) {
        cell.set(new IntentFragment(id, cell.current().generation() + 1, true, objects, problems));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public IntentFragment current() {
        return cell.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return cell.observe(observer);
    }
}
