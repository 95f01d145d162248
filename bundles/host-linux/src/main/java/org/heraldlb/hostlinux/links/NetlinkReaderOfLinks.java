package org.heraldlb.hostlinux.links;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.host.Link;
import org.heraldlb.hostlinux.netlink.NetlinkMessage;
import org.heraldlb.hostlinux.netlink.NetlinkWriter;
import org.heraldlb.hostlinux.netlink.Rtnetlink;
import org.heraldlb.hostlinux.sys.Waker;

/**
 * Two sockets: one hears that something changed, the other asks for everything. What a notification says is not used:
 * a lost or late one can then leave nothing wrong behind.
 */
final class NetlinkReaderOfLinks implements LinkReader {

    private final NetlinkSocket changes;
    private final NetlinkSocket questions;
    private final Waker waker;

    NetlinkReaderOfLinks() throws IOException {
        changes = new NetlinkSocket(Rtnetlink.CHANGES);
        questions = new NetlinkSocket(0);
        waker = new Waker(changes.fd());
    }

    @Override
    public List<Link> read() throws IOException {
        List<NetlinkMessage> answer = new ArrayList<>(questions.ask(NetlinkWriter.dump(Rtnetlink.RTM_GETLINK)));
        answer.addAll(questions.ask(NetlinkWriter.dump(Rtnetlink.RTM_GETADDR)));
        return LinkTable.of(answer);
    }

    @Override
    public boolean awaitChange(int millis) {
        waker.await(millis);
        return waker.ready() && changes.drain();
    }

    @Override
    public void wakeUp() {
        waker.wakeUp();
    }

    @Override
    public void close() {
        changes.close();
        questions.close();
        waker.close();
    }
}
