package org.heraldlb.membership.engine;

import java.net.InetSocketAddress;
import java.util.Collection;
import org.heraldlb.membership.group.Group;
import org.heraldlb.membership.group.GroupListener;
import org.heraldlb.membership.group.GroupSettings;

/** What the engine needs of a {@link Group}; tests have their own. */
public interface Channel extends AutoCloseable {

    /** Blocks until the group is joined; {@link GroupListener#started} comes as soon as it can send. */
    void open() throws Exception;

    void peers(Collection<InetSocketAddress> peers);

    void send(InetSocketAddress peer, byte[] bytes) throws Exception;

    @Override
    void close();

    /** Makes channels. */
    @FunctionalInterface
    interface Factory {
        Channel make(GroupSettings settings, GroupListener listener) throws Exception;
    }

    /** A real one. */
    static Channel of(GroupSettings settings, GroupListener listener) throws Exception {
        Group group = new Group(settings, listener);
        return new Channel() {
            @Override
            public void open() throws Exception {
                group.open();
            }

            @Override
            public void peers(Collection<InetSocketAddress> peers) {
                group.peers(peers);
            }

            @Override
            public void send(InetSocketAddress peer, byte[] bytes) throws Exception {
                group.send(peer, bytes);
            }

            @Override
            public void close() {
                group.close();
            }
        };
    }
}
