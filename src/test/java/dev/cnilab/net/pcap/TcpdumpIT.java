package dev.cnilab.net.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Frames;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tcpdump reads the files that PcapWriter writes. */
class TcpdumpIT {

    @TempDir Path directory;

    @Test
    @Needs(Peer.TCPDUMP)
    void readsTimeHeadersAndChecksums() throws IOException {
        Path file = directory.resolve("tunnel.pcap");
        try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), LinkType.ETHERNET)) {
            writer.write(
                    new Frame(
                            Instant.ofEpochSecond(1, 123_456_789),
                            "",
                            LinkType.ETHERNET,
                            Frame.Direction.OUT,
                            118,
                            Frames.tunnelled()));
        }

        String text =
                Command.of(
                                Peer.TCPDUMP.path().toString(),
                                "-r",
                                file.toString(),
                                "-nev",
                                "-tt",
                                "--nano",
                                "ip proto 4 and ip[32:4]=0x0af40003")
                        .run(Duration.ofSeconds(30))
                        .stdout();

        assertThat(text)
                .contains("1.123456789 c6:b9:e1:49:d8:39 > b6:8c:10:86:07:59")
                .contains("length 118")
                .contains("172.18.0.2 > 172.18.0.3: ")
                .contains("ttl 63, id 4711, offset 0, flags [DF], proto ICMP (1), length 84")
                .contains("10.244.0.3 > 10.244.1.6: ICMP echo request, id 7, seq 1, length 64")
                .doesNotContain("bad cksum")
                .doesNotContain("wrong icmp cksum");
    }
}
