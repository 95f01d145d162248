package org.heraldlb.membership.group;

import org.heraldlb.membership.codec.Seal;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ByteArray;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Util;

/**
 * Encrypts and authenticates every message, whole, right above the transport. JGroups' own SYM_ENCRYPT does not take
 * AES-GCM (5.5.7: it always makes an {@code IvParameterSpec}), and without an authenticating mode a message can be
 * changed on its way.
 */
final class SealProtocol extends Protocol {

    private final Seal seal;
    private final GroupListener listener;

    SealProtocol(Seal seal, GroupListener listener) {
        this.seal = seal;
        this.listener = listener;
    }

    @Override
    public Object down(Message message) {
        try {
            if (message.getSrc() == null) {
                message.setSrc(local_addr);
            }
            ByteArray plain = Util.messageToBuffer(message);
            Message sealed = new BytesMessage(
                    message.getDest(), seal.close(plain.getArray(), plain.getOffset(), plain.getLength()));
            sealed.setSrc(message.getSrc()).setFlag(message.getFlags(), false).setFlag(message.getFlags(true), true);
            return down_prot.down(sealed);
        } catch (Exception unserializable) {
            throw new IllegalStateException(unserializable);
        }
    }

    @Override
    public Object up(Message message) {
        Message opened = opened(message);
        return opened == null ? null : up_prot.up(opened);
    }

    @Override
    public void up(MessageBatch batch) {
        for (Message message : batch) {
            Message opened = opened(message);
            if (opened != null) {
                up_prot.up(opened);
            }
        }
    }

    private Message opened(Message message) {
        byte[] plain = message.hasArray() && message.getArray() != null
                ? seal.open(message.getArray(), message.getOffset(), message.getLength())
                : null;
        if (plain == null) {
            listener.unopened(message.getSrc());
            return null;
        }
        try {
            Message inside = Util.messageFromBuffer(plain, 0, plain.length);
            if (inside.getDest() == null) {
                inside.setDest(message.getDest());
            }
            return inside;
        } catch (Exception otherVersion) {
            listener.unopened(message.getSrc());
            return null;
        }
    }
}
