package dev.cnilab.netlink;

import static dev.cnilab.netlink.ScriptedPeer.message;
import static dev.cnilab.netlink.ScriptedPeer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Decodes replies of Linux 6.18 on x86-64, recorded without counters. */
class DecodingTest {

    private static final byte[] LINK =
            bytes(
                    "00000100030000004310010000000000 0900030065746830000000000800"
                            + "0d00e8030000 0500100006000000 08000400c8050000 08001b0000000000"
                            + "0800050002000000 0a0001000a580af400020000 0c0006006e6f717565756500"
                            + "1000120009000100766574680000000 0");
    private static final byte[] ADDR =
            bytes(
                    "0210800003000000 08000100ac120002 08000200ac120002 0900030065746830"
                            + "00000000 0800080080000000 14000600ffffffffffffffffaeca0500aeca0500");
    private static final byte[] ROUTE =
            bytes(
                    "02180000fe4d000104000000 08000f00fe000000 080001000af40100"
                            + "0800060005000000 08000500c0000201 0800040003000000");

    @Test
    void link() throws NetlinkException {
        assertThat(new Links(answering(Rtm.NEWLINK, LINK)).list())
                .containsExactly(
                        new Link(
                                3,
                                "eth0",
                                "veth",
                                EnumSet.of(
                                        LinkFlag.UP,
                                        LinkFlag.BROADCAST,
                                        LinkFlag.RUNNING,
                                        LinkFlag.MULTICAST,
                                        LinkFlag.LOWER_UP),
                                1480,
                                MacAddress.parse("0a:58:0a:f4:00:02"),
                                0,
                                2,
                                -1,
                                OperState.UP,
                                "noqueue",
                                1000,
                                0,
                                false,
                                new LinkData.Veth()));
    }

    @Test
    void addr() throws NetlinkException {
        assertThat(new Addrs(answering(Rtm.NEWADDR, ADDR)).list())
                .containsExactly(Addr.of(3, Ipv4Prefix.parse("172.18.0.2/16")));
    }

    @Test
    void route() throws NetlinkException {
        Route expected =
                Route.via(Ipv4Prefix.parse("10.244.1.0/24"), Ipv4Address.parse("192.0.2.1"), 3)
                        .withOnlink()
                        .withProtocol(77)
                        .withMetric(5);
        assertThat(new Routes(answering(Rtm.NEWROUTE, ROUTE)).list()).containsExactly(expected);
        assertThat(expected).hasToString("10.244.1.0/24 via 192.0.2.1 dev #3 metric 5 onlink");
    }

    /** Any bytes yield a value or a NetlinkException, without hanging. */
    @Test
    void survivesDamagedMessages() {
        Random random = new Random(20261123);
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            refused += refused(() -> new Links(damaged(Rtm.NEWLINK, LINK, random)).list());
            refused += refused(() -> new Addrs(damaged(Rtm.NEWADDR, ADDR, random)).list());
            refused += refused(() -> new Routes(damaged(Rtm.NEWROUTE, ROUTE, random)).list());
            refused += refused(() -> new Neighs(damaged(Rtm.NEWNEIGH, ROUTE, random)).list());
        }
        assertThat(refused).isPositive();
    }

    private interface Listing {
        List<?> list() throws NetlinkException;
    }

    private static int refused(Listing listing) {
        try {
            assertThat(listing.list()).hasSizeLessThanOrEqualTo(1);
            return 0;
        } catch (NetlinkException e) {
            return 1;
        }
    }

    private static Connection answering(int type, byte[] payload) {
        return new Connection(
                new ScriptedPeer(
                        List.of(
                                sent -> message(type, Reply.MULTI, sent, payload),
                                sent -> status(Reply.DONE, Reply.MULTI, sent, 0))));
    }

    private static Connection damaged(int type, byte[] payload, Random random) {
        return new Connection(
                new ScriptedPeer(
                        List.of(
                                sent -> damage(message(type, Reply.MULTI, sent, payload), random),
                                sent -> status(Reply.DONE, Reply.MULTI, sent, 0))));
    }

    private static byte[] damage(byte[] datagram, Random random) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
        }
        return datagram;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
