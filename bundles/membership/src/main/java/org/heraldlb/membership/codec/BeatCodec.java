package org.heraldlb.membership.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.heraldlb.membership.protocol.Beat;
import org.heraldlb.membership.protocol.Proposal;

/**
 * A {@link Beat} as bytes: version, kind of body (plain or deflated), body. Numbers are in network byte order, texts as
 * {@link java.io.DataOutput#writeUTF} writes them.
 */
public final class BeatCodec {

    /** Of the format. Another one is refused. */
    public static final int VERSION = 1;

    /** No body is longer, deflated or not. */
    static final int LONGEST = 4 << 20;

    private static final int PLAIN = 0;
    private static final int DEFLATED = 1;
    private static final int WORTH_DEFLATING = 1000;

    private BeatCodec() {}

    public static byte[] encode(Beat beat) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            write(new DataOutputStream(bytes), beat);
            return framed(bytes.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] framed(byte[] body) throws IOException {
        boolean deflate = body.length > WORTH_DEFLATING;
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 2);
        out.write(VERSION);
        out.write(deflate ? DEFLATED : PLAIN);
        if (deflate) {
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                deflater.write(body);
            }
        } else {
            out.write(body);
        }
        return out.toByteArray();
    }

    /** @throws MalformedBeat for anything that {@link #encode} did not make */
    public static Beat decode(byte[] bytes) throws MalformedBeat {
        if (bytes.length < 2) {
            throw new MalformedBeat("too short", false);
        }
        if (bytes[0] != VERSION) {
            throw new MalformedBeat("version " + bytes[0] + ", this is " + VERSION, true);
        }
        ByteArrayInputStream body = new ByteArrayInputStream(bytes, 2, bytes.length - 2);
        try (InputStream plain = bytes[1] == DEFLATED ? new InflaterInputStream(body) : body) {
            byte[] all = plain.readNBytes(LONGEST + 1);
            if (all.length > LONGEST) {
                throw new MalformedBeat("longer than " + LONGEST + " bytes", false);
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
            Beat beat = read(in);
            if (in.read() >= 0) {
                throw new MalformedBeat("bytes after the end", false);
            }
            return beat;
        } catch (IOException | IllegalArgumentException malformed) {
            throw new MalformedBeat(String.valueOf(malformed.getMessage()), false);
        }
    }

    private static void write(DataOutputStream out, Beat beat) throws IOException {
        Beat.Sender sender = beat.sender();
        out.writeUTF(sender.cluster());
        out.writeUTF(sender.place());
        out.writeUTF(sender.node());
        write(out, sender.mark());
        out.writeByte(sender.phase().ordinal());
        write(out, beat.echo());
        out.writeLong(beat.facts().version());
        out.writeLong(beat.facts().known());
        out.writeBoolean(beat.facts().content().isPresent());
        if (beat.facts().content().isPresent()) {
            FactsCodec.write(out, beat.facts().content().get());
        }
        write(out, beat.vote());
        out.writeBoolean(beat.proposal().isPresent());
        if (beat.proposal().isPresent()) {
            write(out, beat.proposal().get());
        }
        out.writeLong(beat.grantNanos());
        out.writeLong(beat.ended());
    }

    private static Beat read(DataInputStream in) throws IOException {
        Beat.Sender sender = new Beat.Sender(in.readUTF(), in.readUTF(), in.readUTF(), readMark(in), readPhase(in));
        Beat.Mark echo = readMark(in);
        long version = in.readLong();
        long known = in.readLong();
        Beat.Facts facts =
                new Beat.Facts(version, known, in.readBoolean() ? Optional.of(FactsCodec.read(in)) : Optional.empty());
        Beat.Vote vote = new Beat.Vote(in.readLong(), in.readUTF(), in.readBoolean(), in.readBoolean(), readId(in));
        Optional<Proposal> proposal = in.readBoolean() ? Optional.of(readProposal(in)) : Optional.empty();
        return new Beat(sender, echo, facts, vote, proposal, in.readLong(), in.readLong());
    }

    private static Beat.Phase readPhase(DataInputStream in) throws IOException {
        int number = in.readUnsignedByte();
        if (number >= Beat.Phase.values().length) {
            throw new IOException("phase " + number);
        }
        return Beat.Phase.values()[number];
    }

    private static void write(DataOutputStream out, Beat.Mark mark) throws IOException {
        out.writeLong(mark.incarnation());
        out.writeLong(mark.sequence());
    }

    private static Beat.Mark readMark(DataInputStream in) throws IOException {
        return new Beat.Mark(in.readLong(), in.readLong());
    }

    private static void write(DataOutputStream out, Beat.Vote vote) throws IOException {
        out.writeLong(vote.round());
        out.writeUTF(vote.votedFor());
        out.writeBoolean(vote.leading());
        out.writeBoolean(vote.free());
        write(out, vote.proposal());
    }

    private static void write(DataOutputStream out, Proposal.Id id) throws IOException {
        out.writeLong(id.round());
        out.writeShort(id.number());
    }

    private static Proposal.Id readId(DataInputStream in) throws IOException {
        return new Proposal.Id(in.readLong(), in.readUnsignedShort());
    }

    private static void write(DataOutputStream out, Proposal proposal) throws IOException {
        write(out, proposal.id());
        FactsCodec.write(out, proposal.members());
        out.writeBoolean(proposal.before().isPresent());
        if (proposal.before().isPresent()) {
            FactsCodec.write(out, proposal.before().get());
        }
    }

    private static Proposal readProposal(DataInputStream in) throws IOException {
        return new Proposal(
                readId(in),
                FactsCodec.readMembers(in),
                in.readBoolean() ? Optional.of(FactsCodec.readMembers(in)) : Optional.empty());
    }
}
