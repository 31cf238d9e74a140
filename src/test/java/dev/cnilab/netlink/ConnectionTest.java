package dev.cnilab.netlink;

import static dev.cnilab.netlink.ScriptedPeer.message;
import static dev.cnilab.netlink.ScriptedPeer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.host.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final int CAPPED_WITH_EXPLANATION = 0x300;
    private static final int PART = 99;
    private static final Message REQUEST = Message.request(PART, 0);
    private static final Decoder<Integer> FIRST_WORD = reply -> reply.s32(0);

    @Test
    void ignoresRepliesToOtherRequests() throws NetlinkException {
        Connection connection =
                connection(
                        sent -> part(0, sent - 1, 1),
                        sent -> otherPort(part(0, sent, 2)),
                        sent -> part(0, sent, 3),
                        sent -> status(Reply.ERROR, 0, sent, 0));
        assertThat(connection.get("ask", REQUEST, FIRST_WORD)).isEqualTo(3);
    }

    @Test
    void reportsTheKernelsExplanation() {
        byte[] text = "mtu less than device minimum\0".getBytes(StandardCharsets.UTF_8);
        byte[] more =
                ByteBuffer.allocate(16 + 4 + text.length)
                        .order(ByteOrder.nativeOrder())
                        .putShort(16, (short) (4 + text.length))
                        .putShort(18, (short) 1)
                        .put(20, text)
                        .array();
        Connection connection =
                connection(sent -> status(Reply.ERROR, CAPPED_WITH_EXPLANATION, sent, 22, more));
        assertThatThrownBy(() -> connection.execute("ip link set mtu 1", REQUEST))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> {
                            assertThat(e.is(Errno.EINVAL)).isTrue();
                            assertThat(e.operation()).isEqualTo("ip link set mtu 1");
                            assertThat(e.extAck()).isEqualTo("mtu less than device minimum");
                        })
                .hasMessage(
                        "ip link set mtu 1: Invalid argument (EINVAL):"
                                + " mtu less than device minimum");
    }

    @Test
    void repeatsADumpThatWasInterrupted() throws NetlinkException {
        Connection connection =
                connection(
                        sent -> part(Reply.MULTI | Reply.DUMP_INTERRUPTED, sent, 1),
                        sent -> status(Reply.DONE, Reply.MULTI, sent, 0),
                        sent -> join(part(Reply.MULTI, sent, 1), part(Reply.MULTI, sent, 2)),
                        sent -> status(Reply.DONE, Reply.MULTI, sent, 0));
        assertThat(connection.dump("list", REQUEST, FIRST_WORD)).containsExactly(1, 2);
    }

    @Test
    void aDumpMayFailAtItsEnd() {
        Connection connection =
                connection(
                        sent -> part(Reply.MULTI, sent, 1),
                        sent -> status(Reply.DONE, Reply.MULTI, sent, 12));
        assertThatThrownBy(() -> connection.dump("list", REQUEST, FIRST_WORD))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.is(Errno.ENOMEM)).isTrue());
    }

    @Test
    void failsWithoutAReply() {
        assertThatThrownBy(() -> connection().execute("ask", REQUEST))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.is(Errno.EAGAIN)).isTrue());
    }

    @Test
    void aBatchNamesTheStepThatFailed() {
        List<Connection.Step> steps =
                List.of(
                        new Connection.Step("first", REQUEST),
                        new Connection.Step("second", REQUEST));
        Connection connection =
                connection(
                        begin -> status(Reply.ERROR, 0, begin + 2, 2),
                        begin -> status(Reply.ERROR, 0, begin + 2, 0));
        assertThatThrownBy(() -> connection.batch(REQUEST, steps, REQUEST))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> {
                            assertThat(e.operation()).isEqualTo("second");
                            assertThat(e.is(Errno.ENOENT)).isTrue();
                        });
    }

    @Test
    void rejectsATruncatedMessage() {
        Connection connection = connection(sent -> Arrays.copyOf(part(0, sent, 1), 18));
        assertThatThrownBy(() -> connection.get("ask", REQUEST, FIRST_WORD))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.is(Errno.EBADMSG)).isTrue());
    }

    private static Connection connection(ScriptedPeer.Answer... answers) {
        return new Connection(new ScriptedPeer(List.of(answers)));
    }

    private static byte[] part(int flags, int sequence, int word) {
        byte[] payload = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(word).array();
        return message(PART, flags, sequence, payload);
    }

    private static byte[] otherPort(byte[] message) {
        message[12]++;
        return message;
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
