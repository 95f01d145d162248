package org.heraldlb.membership.group;

import java.util.Collection;
import org.jgroups.Event;
import org.jgroups.stack.Protocol;

/** Tells of suspicions as soon as FD_SOCK2 has them, before the group has agreed on a view without the suspect. */
final class ClosedConnections extends Protocol {

    private final GroupListener listener;

    ClosedConnections(GroupListener listener) {
        this.listener = listener;
    }

    @Override
    public Object up(Event event) {
        if (event.getType() == Event.SUSPECT && event.getArg() instanceof Collection<?> suspects) {
            suspects.forEach(listener::closed);
        }
        return up_prot.up(event);
    }
}
