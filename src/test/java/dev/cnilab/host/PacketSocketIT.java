package dev.cnilab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.packet.PacketEncoder;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PacketSocketIT {

    private static final Duration BUDGET = Duration.ofSeconds(10);

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    private Wire wire;

    @BeforeEach
    void wire() throws IOException {
        wire = Wire.lay(sandbox);
    }

    @Test
    void pingIsSeenInBothDirectionsWithTheKernelsTime() throws IOException {
        Instant before = Instant.now();
        try (PacketSocket socket = wire.left().call(() -> PacketSocket.open("eth0", true, 65536))) {
            ping(56);

            Frame request = icmp(socket, Header.Icmp.ECHO_REQUEST);
            Frame reply = icmp(socket, Header.Icmp.ECHO_REPLY);
            assertThat(request.linkType()).isEqualTo(LinkType.ETHERNET);
            assertThat(request.direction()).isEqualTo(Frame.Direction.OUT);
            assertThat(reply.direction()).isEqualTo(Frame.Direction.IN);
            assertThat(request.wireLength()).isEqualTo(98);
            assertThat(request.time()).isBetween(before, reply.time());
            assertThat(reply.time()).isBefore(Instant.now());
            Header.Ipv4 ip = reply.decode().first(Header.Ipv4.class).orElseThrow();
            assertThat(ip.source()).isEqualTo(Wire.RIGHT);
            assertThat(ip.ttl()).isEqualTo(64);
            assertThat(socket.counters().received()).isGreaterThanOrEqualTo(2);
            assertThat(socket.counters()).isEqualTo(new PacketSocket.Counters(0, 0));
        }
    }

    @Test
    void snapLengthTruncatesButKeepsTheWireLength() throws IOException {
        try (PacketSocket socket = wire.left().call(() -> PacketSocket.open("eth0", true, 64))) {
            ping(1000);

            Frame request = icmp(socket, Header.Icmp.ECHO_REQUEST);
            assertThat(request.bytes()).hasSize(64);
            assertThat(request.wireLength()).isEqualTo(1042);
            assertThat(request.decode().truncated()).isTrue();
        }
    }

    @Test
    void loopbackShowsEachPacketOnce() throws IOException {
        try (PacketSocket socket = wire.left().call(() -> PacketSocket.open("lo", true, 65536));
                IcmpSocket icmp = icmpSocket()) {
            icmp.send(Wire.LEFT, PacketEncoder.echo(1, 1, new byte[8]));

            icmp(socket, Header.Icmp.ECHO_REQUEST);
            icmp(socket, Header.Icmp.ECHO_REPLY);
            assertThat(socket.next(Duration.ofMillis(200))).isEmpty();
        }
    }

    @Test
    void isEmptyAfterTheTimeout() throws IOException {
        try (PacketSocket socket = wire.left().call(() -> PacketSocket.open("lo", true, 65536))) {
            assertThat(socket.next(Duration.ofMillis(50))).isEmpty();
        }
    }

    @Test
    void closeWakesAnotherThread() throws Exception {
        PacketSocket socket = wire.left().call(() -> PacketSocket.open("lo", true, 65536));
        CompletableFuture<Optional<Frame>> waiting =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return socket.next(Duration.ofMinutes(5));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        socket.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(socket.next(Duration.ofMinutes(5))).isEmpty();
        socket.close();
    }

    @Test
    void unknownInterfaceIsNamed() {
        assertThatThrownBy(() -> wire.left().call(() -> PacketSocket.open("eth9", true, 65536)))
                .isInstanceOf(IOException.class)
                .hasMessage("interface eth9: No such device (ENODEV)");
    }

    @Test
    void pathMtuIsThatOfTheLink() throws IOException {
        assertThat(wire.left().call(() -> IcmpSocket.pathMtu(Wire.RIGHT))).isEqualTo(1480);
    }

    private void ping(int size) throws IOException {
        try (IcmpSocket icmp = icmpSocket()) {
            icmp.send(Wire.RIGHT, PacketEncoder.echo(1, 1, new byte[size]));
        }
    }

    private IcmpSocket icmpSocket() throws IOException {
        return wire.left().call(() -> IcmpSocket.open(IcmpSocket.Fragmentation.DO, 64));
    }

    private static Frame icmp(PacketSocket socket, int type) throws IOException {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Frame> frame = socket.next(BUDGET);
            if (frame.flatMap(f -> f.decode().first(Header.Icmp.class))
                    .filter(header -> header.type() == type)
                    .isPresent()) {
                return frame.get();
            }
        }
        throw new AssertionError("no ICMP message of type " + type);
    }
}
