package org.heraldlb.core;

import java.util.HashMap;
import java.util.Map;
import org.heraldlb.api.bgp.BgpControl;

/** Tells every BGP announcer, also one that comes later, which peers are to have no session. The loop's. */
final class PeerSwitch {

    private final Map<Object, BgpControl> controls = new HashMap<>();
    private Map<String, String> disabled = Map.of();

    void add(Object key, BgpControl control) {
        controls.put(key, control);
        control.disable(disabled);
    }

    void remove(Object key) {
        controls.remove(key);
    }

    void disable(Map<String, String> reasonByPeer) {
        if (!disabled.equals(reasonByPeer)) {
            disabled = Map.copyOf(reasonByPeer);
            controls.values().forEach(control -> control.disable(disabled));
        }
    }
}
