package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An in-memory peer that answers each request with the next of its datagrams. */
final class ScriptedPeer implements Transport {

    static final int PORT = 4711;

    /** A datagram, built when the request's sequence number is known. */
    interface Answer {
        byte[] datagram(int sequence);
    }

    private final Queue<Answer> answers;
    private int sequence;

    ScriptedPeer(List<Answer> answers) {
        this.answers = new ArrayDeque<>(answers);
    }

    static byte[] message(int type, int flags, int sequence, byte[] payload) {
        return ByteBuffer.allocate(16 + Message.align(payload.length))
                .order(ByteOrder.nativeOrder())
                .putInt(16 + payload.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(PORT)
                .put(payload)
                .array();
    }

    static byte[] status(int type, int flags, int sequence, int errno, byte... more) {
        byte[] payload =
                ByteBuffer.allocate(4 + more.length)
                        .order(ByteOrder.nativeOrder())
                        .putInt(-errno)
                        .put(more)
                        .array();
        return message(type, flags, sequence, payload);
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public void send(byte[] datagram) {
        sequence = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder()).getInt(8);
    }

    @Override
    public byte[] receive() throws IOException {
        Answer answer = answers.poll();
        if (answer == null) {
            throw new ErrnoException("receive", Errno.EAGAIN.number());
        }
        return answer.datagram(sequence);
    }

    @Override
    public void close() {
        answers.clear();
    }
}
