package dev.cnilab.tool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of a DNS server (RFC 1035, 4; SRV: RFC 2782).
 *
 * @param id of the query
 * @param code of the response: 0 for none, 3 for NXDOMAIN
 * @param truncated whether records are missing, as they do not fit into a datagram
 * @param records of the asked type; those of a CNAME are of another name
 */
record DnsMessage(int id, int code, boolean truncated, List<Answer> records) {

    static final int NO_ERROR = 0;
    static final int NXDOMAIN = 3;

    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int INTERNET = 1;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;
    private static final int POINTER = 0xc0;

    /** The record types of nslookup's {@code -type}. */
    enum RecordType {
        A(1),
        AAAA(28),
        PTR(12),
        SRV(33);

        private final int number;

        RecordType(int number) {
            this.number = number;
        }
    }

    /**
     * A record.
     *
     * @param value as nslookup prints it
     */
    record Answer(String name, String value) {}

    DnsMessage {
        records = List.copyOf(records);
    }

    /**
     * @throws UsageException when it is not a name
     */
    static byte[] query(int id, String name, RecordType type) {
        ByteBuffer query = ByteBuffer.allocate(LONGEST_NAME + 20);
        query.putShort((short) id).putShort((short) RECURSION_DESIRED);
        query.putShort((short) 1).putShort((short) 0).putInt(0);
        for (String label : name.replaceFirst("\\.$", "").split("\\.", -1)) {
            byte[] bytes = label.getBytes(ISO_8859_1);
            if (bytes.length == 0
                    || bytes.length > LONGEST_LABEL
                    || bytes.length + 6 > query.remaining()) {
                throw new UsageException("'" + name + "' is not a name");
            }
            query.put((byte) bytes.length).put(bytes);
        }
        query.put((byte) 0).putShort((short) type.number).putShort((short) INTERNET);
        byte[] bytes = new byte[query.position()];
        query.get(0, bytes);
        return bytes;
    }

    /**
     * @throws IOException when it is not an answer
     */
    static DnsMessage parse(ByteBuffer message, RecordType type) throws IOException {
        try {
            int id = Short.toUnsignedInt(message.getShort());
            int flags = Short.toUnsignedInt(message.getShort());
            if ((flags & RESPONSE) == 0) {
                throw new IOException("the DNS server sent no answer");
            }
            int questions = Short.toUnsignedInt(message.getShort());
            int answers = Short.toUnsignedInt(message.getShort());
            message.getInt();
            for (int i = 0; i < questions; i++) {
                name(message);
                message.getInt();
            }
            List<Answer> records = new ArrayList<>();
            for (int i = 0; i < answers; i++) {
                record(message, type, records);
            }
            return new DnsMessage(id, flags & 0xf, (flags & TRUNCATED) != 0, records);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the DNS server's answer is malformed", e);
        }
    }

    private static void record(ByteBuffer message, RecordType type, List<Answer> records)
            throws IOException {
        String name = name(message);
        int found = Short.toUnsignedInt(message.getShort());
        message.getShort();
        message.getInt();
        int length = Short.toUnsignedInt(message.getShort());
        int end = message.position() + length;
        if (found == type.number) {
            records.add(new Answer(name, value(message, type, length)));
        }
        message.position(end);
    }

    private static String value(ByteBuffer message, RecordType type, int length)
            throws IOException {
        return switch (type) {
            case A, AAAA -> {
                if (length != (type == RecordType.A ? 4 : 16)) {
                    throw new IOException("the DNS server's answer is malformed");
                }
                byte[] address = new byte[length];
                message.get(address);
                yield InetAddress.getByAddress(address).getHostAddress();
            }
            case PTR -> name(message);
            case SRV ->
                    "%d %d %d %s"
                            .formatted(
                                    Short.toUnsignedInt(message.getShort()),
                                    Short.toUnsignedInt(message.getShort()),
                                    Short.toUnsignedInt(message.getShort()),
                                    name(message));
        };
    }

    /** Reads a name; a pointer leads backwards only, so that it ends. */
    private static String name(ByteBuffer message) throws IOException {
        StringBuilder name = new StringBuilder();
        ByteBuffer at = message;
        int before = message.position();
        for (int length = octet(at); length > 0; length = octet(at)) {
            if (length >= POINTER) {
                int target = (length & ~POINTER) << 8 | octet(at);
                if (target >= before) {
                    throw new IOException("the DNS server's answer is malformed");
                }
                before = target;
                at = message.duplicate().position(target);
                continue;
            }
            byte[] label = new byte[length];
            at.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, ISO_8859_1));
            if (length > LONGEST_LABEL || name.length() > LONGEST_NAME) {
                throw new IOException("the DNS server's answer is malformed");
            }
        }
        return name.toString();
    }

    private static int octet(ByteBuffer message) {
        return Byte.toUnsignedInt(message.get());
    }
}
