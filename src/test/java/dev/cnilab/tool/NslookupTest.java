package dev.cnilab.tool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a DNS server of few records on loopback. */
class NslookupTest {

    private static final int A = 1;
    private static final int PTR = 12;
    private static final int SRV = 33;

    private static final Map<String, byte[]> RECORDS =
            Map.of(
                    "demo.default.svc.cluster.local/" + A, new byte[] {10, 96, 1, 0},
                    "0.1.96.10.in-addr.arpa/" + PTR, name("demo.default.svc.cluster.local"),
                    "_http._tcp.demo.default.svc.cluster.local/" + SRV, srv(80));

    @TempDir Path directory;

    private DatagramSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("dns").start(this::answerAll);
        Files.writeString(
                directory.resolve("resolv.conf"),
                """
                search default.svc.cluster.local svc.cluster.local
                nameserver 192.0.2.1
                options ndots:5
                """);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void looksAServiceUpInTheSearchDomains() throws IOException {
        assertThat(lookup("demo").out())
                .isEqualTo(
                        """
                        Server:\t\t127.0.0.1
                        Address:\t127.0.0.1:%d

                        Name:\tdemo.default.svc.cluster.local
                        Address: 10.96.1.0
                        """
                                .formatted(server.getLocalPort()));
    }

    @Test
    void printsServicesAndNames() throws IOException {
        assertThat(lookup("-type=srv", "_http._tcp.demo").out())
                .endsWith("\tservice = 0 100 80 demo.default.svc.cluster.local\n");
        assertThat(lookup("10.96.1.0").out())
                .endsWith("0.1.96.10.in-addr.arpa\tname = demo.default.svc.cluster.local\n");
    }

    @Test
    void aMissingNameFails() throws IOException {
        ToolRun run = lookup("nosuch");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).endsWith("** server can't find nosuch: NXDOMAIN\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void reportsThatNoServerAnswersAndThatThereIsNoClusterDns() throws IOException {
        Files.writeString(directory.resolve("resolv.conf"), "nameserver 192.0.2.1\n");
        int port = server.getLocalPort();
        server.close();

        ToolRun run = lookupAt(port, "demo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("no DNS server answers at 127.0.0.1:", "does not use cluster DNS");
    }

    @Test
    void otherTypesAndNamesAreUsageErrors() {
        assertThatThrownBy(() -> lookup("-type=mx", "demo")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> lookup("a..b")).isInstanceOf(UsageException.class);
    }

    /** A pointer to itself, and a record that is longer than the answer. */
    @Test
    void malformedAnswersAreErrors() {
        byte[] loop = HexFormat.of().parseHex("000181800001000000000000c00c00010001");
        byte[] cut = HexFormat.of().parseHex("00018180000000010000000000000100010000000500ff0a");

        for (byte[] message : List.of(loop, cut, new byte[3])) {
            assertThatThrownBy(() ->
                            DnsMessage.parse(ByteBuffer.wrap(message), DnsMessage.RecordType.A))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the DNS server's answer is malformed");
        }
    }

    private ToolRun lookup(String... args) throws IOException {
        return lookupAt(server.getLocalPort(), args);
    }

    private ToolRun lookupAt(int port, String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of(args));
        words.add("127.0.0.1:" + port);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode =
                new Nslookup(directory.resolve("resolv.conf"))
                        .run(words, new PrintStream(out), new PrintStream(err));
        return new ToolRun(exitCode, out.toString(US_ASCII), err.toString(US_ASCII));
    }

    private void answerAll() {
        byte[] buffer = new byte[512];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                server.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // The test has closed the socket.
        }
    }

    /** RFC 1035, 4: one question, at most one answer. */
    private static byte[] answer(ByteBuffer query) {
        StringBuilder name = new StringBuilder();
        query.position(12);
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
        }
        int type = query.getShort();
        query.getShort();
        byte[] data = RECORDS.get(name + "/" + type);
        boolean exists = RECORDS.keySet().stream().anyMatch(key -> key.startsWith(name + "/"));
        ByteBuffer answer = ByteBuffer.allocate(512);
        answer.putShort(query.getShort(0)).putShort((short) (exists ? 0x8580 : 0x8583));
        answer.putShort((short) 1).putShort((short) (data == null ? 0 : 1)).putInt(0);
        answer.put(query.array(), 12, query.position() - 12);
        if (data != null) {
            answer.putShort((short) 0xc00c).putShort((short) type).putShort((short) 1);
            answer.putInt(5).putShort((short) data.length).put(data);
        }
        byte[] bytes = new byte[answer.position()];
        answer.get(0, bytes);
        return bytes;
    }

    private static byte[] name(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(name.length() + 2);
        for (String label : name.split("\\.")) {
            bytes.put((byte) label.length()).put(label.getBytes(US_ASCII));
        }
        return bytes.array();
    }

    private static byte[] srv(int port) {
        byte[] target = name("demo.default.svc.cluster.local");
        return ByteBuffer.allocate(6 + target.length)
                .putShort((short) 0)
                .putShort((short) 100)
                .putShort((short) port)
                .put(target)
                .array();
    }
}
