package dev.cnilab.tool;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** A DNS server, asked over UDP. */
record DnsServer(InetSocketAddress address) {

    private static final int TIMEOUT_MILLIS = 2000;
    private static final int ATTEMPTS = 3;

    /** Largest datagram; without EDNS, servers send at most 512 octets. */
    private static final int LARGEST = 4096;

    /**
     * @throws SocketTimeoutException when it does not answer
     * @throws IOException when it cannot be reached, or its answer is malformed
     */
    DnsMessage ask(String name, DnsMessage.RecordType type) throws IOException {
        int id = new SecureRandom().nextInt(1 << Short.SIZE);
        byte[] query = DnsMessage.query(id, name, type);
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected: answers of others are not received, and ICMP errors are.
            socket.connect(address);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            for (int attempt = 1; ; attempt++) {
                socket.send(new DatagramPacket(query, query.length));
                try {
                    return receive(socket, id, type);
                } catch (SocketTimeoutException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Receives the answer to the query; that to another one is late. */
    private static DnsMessage receive(DatagramSocket socket, int id, DnsMessage.RecordType type)
            throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        DnsMessage answer;
        do {
            socket.receive(packet);
            answer =
                    DnsMessage.parse(
                            ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), type);
        } while (answer.id() != id);
        return answer;
    }
}
