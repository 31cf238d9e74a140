package dev.cnilab.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message from the kernel ({@code struct nlmsghdr}, include/uapi/linux/netlink.h). */
public final class Reply {

    static final int ERROR = 2;
    static final int DONE = 3;
    static final int MULTI = 0x2;
    static final int DUMP_INTERRUPTED = 0x10;

    private static final int CAPPED = 0x100;
    private static final int ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;

    private final int type;
    private final int flags;
    private final int sequence;
    private final int port;
    private final byte[] payload;

    private Reply(int type, int flags, int sequence, int port, byte[] payload) {
        this.type = type;
        this.flags = flags;
        this.sequence = sequence;
        this.port = port;
        this.payload = payload;
    }

    /**
     * Parses the messages of one datagram.
     *
     * @throws MalformedMessageException when a length is invalid
     */
    static List<Reply> parse(byte[] datagram) throws MalformedMessageException {
        ByteBuffer buffer = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        List<Reply> replies = new ArrayList<>();
        int position = 0;
        while (position < datagram.length) {
            int left = datagram.length - position;
            int length = left < Message.HEADER ? 0 : buffer.getInt(position);
            if (length < Message.HEADER || length > left) {
                throw new MalformedMessageException(
                        "message of " + length + " bytes where " + left + " are left");
            }
            replies.add(
                    new Reply(
                            buffer.getShort(position + 4) & 0xffff,
                            buffer.getShort(position + 6) & 0xffff,
                            buffer.getInt(position + 8),
                            buffer.getInt(position + 12),
                            Arrays.copyOfRange(
                                    datagram, position + Message.HEADER, position + length)));
            position += Message.align(length);
        }
        return replies;
    }

    /** Returns {@code nlmsg_type}. */
    public int type() {
        return type;
    }

    /** Returns the sequence number of the request; 0 for an event. */
    int sequence() {
        return sequence;
    }

    /** Returns the port ID of the requesting socket; 0 for an event. */
    int port() {
        return port;
    }

    /** Reads an unsigned byte of the family's fixed header. */
    public int u8(int offset) throws MalformedMessageException {
        return header(offset, 1).get(offset) & 0xff;
    }

    /** Reads an unsigned 16-bit integer of the family's fixed header. */
    public int u16(int offset) throws MalformedMessageException {
        return header(offset, 2).getShort(offset) & 0xffff;
    }

    /** Reads a signed 32-bit integer of the family's fixed header. */
    public int s32(int offset) throws MalformedMessageException {
        return header(offset, 4).getInt(offset);
    }

    /** Returns the attributes after a fixed header of that many bytes. */
    public Attributes attributes(int headerLength) throws MalformedMessageException {
        header(0, headerLength);
        return Attributes.parse(payload, headerLength);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Returns the error number of an ERROR or DONE message, positive; 0 is an acknowledgement. */
    int errno() throws MalformedMessageException {
        return -s32(0);
    }

    /** The kernel's explanation in an ERROR message ({@code struct nlmsgerr}) or a DONE one. */
    @Nullable String extAck() throws MalformedMessageException {
        if (!has(ACK_TLVS)) {
            return null;
        }
        if (type == DONE) {
            return attributes(4).string(NLMSGERR_ATTR_MSG);
        }
        int request = has(CAPPED) ? Message.HEADER : Message.align(s32(4));
        return attributes(4 + request).string(NLMSGERR_ATTR_MSG);
    }

    private ByteBuffer header(int offset, int size) throws MalformedMessageException {
        if (offset < 0 || size < 0 || offset > payload.length - size) {
            throw new MalformedMessageException(
                    "message type " + type + " ends after " + payload.length + " bytes");
        }
        return ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
    }
}
