package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code lab capture} in a running lab, read by tcpdump. */
@ExtendWith(SharedTracedLab.class)
class CaptureIT {

    private static final String FILTER = "icmp or ip proto 4";

    @TempDir private Path folder;

    private final TracedLab lab;

    CaptureIT(TracedLab lab) {
        this.lab = lab;
    }

    @Test
    void pingIsSeenAtEachPlaceInOrderOfTime() throws Exception {
        Program.Run run =
                capture(
                        "--count=400",
                        lab.pod() + ":eth0",
                        lab.controlPlane() + ":flannel.ipip",
                        lab.worker() + ":eth0",
                        lab.workerPod() + ":eth0");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("listening at ", "400 packets, ", " 0 dropped by the kernel");
        // The first pings may be sent before the last place listens.
        List<String> ping = lastCompletePing(run.out().lines().toList());
        assertThat(ping).hasSize(8).isSorted();
        assertThat(ping.get(0)).contains(lab.pod() + ":eth0 out eth ", "echo request");
        assertThat(ping.get(1)).contains(lab.controlPlane() + ":flannel.ipip out ip ");
        assertThat(ping.get(2)).contains(lab.worker() + ":eth0 in ", " proto 4 ");
        assertThat(ping.get(3)).contains(lab.workerPod() + ":eth0 in ", "echo request");
        assertThat(ping.get(7)).contains(lab.pod() + ":eth0 in ", "echo reply");
    }

    /** Without flannel.ipip, since tcpdump cannot read files with two link types. */
    @Test
    @Needs(Peer.TCPDUMP)
    void tcpdumpReadsTheFile() throws Exception {
        Path file = folder.resolve("capture.pcapng");

        Program.Run run =
                capture(
                        "--count=100",
                        "--write=" + file,
                        lab.pod() + ":eth0",
                        lab.worker() + ":eth0");

        assertThat(run.exitCode()).as(run.err()).isZero();
        ExecResult tcpdump =
                Command.of("tcpdump", "-nr", file.toString(), "ip proto 4").run(TracedLab.COMMAND);
        assertThat(tcpdump.ok()).as(tcpdump.describe()).isTrue();
        assertThat(tcpdump.stdout()).contains("172.18.0.2 > 172.18.0.3: IP 10.244.0.");
    }

    /** Captures at these places while pings are sent from pod to pod. */
    private Program.Run capture(String... optionsAndPlaces) throws Exception {
        String[] arguments =
                Stream.of(Stream.of("capture"), Stream.of(optionsAndPlaces), Stream.of(FILTER))
                        .flatMap(each -> each)
                        .toArray(String[]::new);
        // Not in the common pool, whose threads the API's client needs.
        CompletableFuture<Program.Run> run =
                CompletableFuture.supplyAsync(
                        () -> lab.lab(arguments), Thread.ofPlatform().daemon()::start);
        while (!run.isDone()) {
            ping();
        }
        return run.get();
    }

    private void ping() throws IOException {
        lab.runInPod(lab.controlPlane(), "ping -c 1 -W 5 " + lab.address(lab.worker()));
    }

    /**
     * The lines of the last ping with all eight sightings; each ping has its own sequence number.
     */
    private static List<String> lastCompletePing(List<String> lines) {
        return lines.reversed().stream()
                .map(line -> line.replaceFirst(".* echo (request|reply) (id [0-9]+) .*", "$2 "))
                .distinct()
                .map(id -> lines.stream().filter(line -> line.contains(" " + id)).toList())
                .filter(ping -> ping.size() == 8)
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", lines)));
    }
}
