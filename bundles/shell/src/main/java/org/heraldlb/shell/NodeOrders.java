package org.heraldlb.shell;

import org.heraldlb.api.system.NodeControl;

/** Through which the commands ask this node for something. Always there, also while core is being replaced. Any thread. */
public interface NodeOrders {

    /** @throws IllegalStateException while core is not running; the message says so */
    NodeControl control();
}
