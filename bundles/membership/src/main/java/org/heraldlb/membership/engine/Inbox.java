package org.heraldlb.membership.engine;

import java.util.HashMap;
import java.util.Map;
import org.heraldlb.membership.codec.BeatCodec;
import org.heraldlb.membership.codec.MalformedBeat;
import org.heraldlb.membership.group.GroupListener;
import org.heraldlb.membership.protocol.Beat;
import org.heraldlb.runtime.EventLoop;

/** Reads what the channel's threads bring, and takes it to the loop. */
final class Inbox implements GroupListener {

    private static final int HANDLES = 1024;

    /** Whom it tells, on the loop. */
    interface Superior {

        void heard(Beat beat);

        /** The connection of this place was closed. */
        void lost(String place);
    }

    private final EventLoop loop;
    private final Oddities oddities;
    private final Superior superior;
    private final Map<Object, String> placeByHandle = new HashMap<>();

    Inbox(EventLoop loop, Oddities oddities, Superior superior) {
        this.loop = loop;
        this.oddities = oddities;
        this.superior = superior;
    }

    @Override
    public void started() {
        // The entrance's affair.
    }

    @Override
    public void received(Object handle, byte[] bytes) {
        try {
            Beat beat = BeatCodec.decode(bytes);
            loop.execute(() -> heard(handle, beat));
        } catch (MalformedBeat malformed) {
            if (malformed.isOtherVersion()) {
                loop.execute(() -> oddities.otherVersion(handle, loop.ticker().nanos()));
            }
        }
    }

    private void heard(Object handle, Beat beat) {
        if (placeByHandle.size() >= HANDLES) {
            placeByHandle.clear();
        }
        placeByHandle.put(handle, beat.sender().place());
        superior.heard(beat);
    }

    @Override
    public void closed(Object handle) {
        loop.execute(() -> {
            String place = placeByHandle.remove(handle);
            if (place != null) {
                superior.lost(place);
            }
        });
    }

    @Override
    public void unopened(Object handle) {
        loop.execute(() -> oddities.otherKey(handle, loop.ticker().nanos()));
    }
}
