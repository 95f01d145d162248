package org.heraldlb.membership.group;

import org.jgroups.stack.Protocol;

/** The uppermost protocol, which is started last: everything below can send by then. */
final class Top extends Protocol {

    private final GroupListener listener;

    Top(GroupListener listener) {
        this.listener = listener;
    }

    @Override
    public void start() throws Exception {
        super.start();
        listener.started();
    }
}
