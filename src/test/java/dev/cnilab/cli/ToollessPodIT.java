package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.capture.RunningCapture;
import dev.cnilab.graph.Netns;
import dev.cnilab.graph.TopologyReader;
import dev.cnilab.host.ExecResult;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pod in whose PATH no program is, as in most images. */
@ExtendWith(SharedTracedLab.class)
class ToollessPodIT {

    private static final Place POD = new Place.InPod("default", "bare");

    private static final String MANIFEST =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: bare, namespace: default}
            spec:
              nodeName: %s
              containers:
                - name: bare
                  image: localhost/cnilab/lab:any
                  command: [/bin/sleep, infinity]
                  env: [{name: PATH, value: /nowhere}]
            """;

    private final TracedLab lab;
    private final Cluster cluster;

    ToollessPodIT(TracedLab lab) {
        this.lab = lab;
        this.cluster = lab.cluster();
    }

    @BeforeEach
    void start() throws IOException {
        cluster.objects().apply(MANIFEST.formatted(lab.worker()));
        assertThat(cluster.await(this::isReady, TracedLab.COMMAND)).isTrue();
    }

    private boolean isReady() throws IOException {
        return cluster.pods().stream().anyMatch(pod -> pod.name().equals("bare") && pod.ready());
    }

    @AfterEach
    void remove() throws IOException {
        cluster.objects().delete(MANIFEST.formatted(lab.worker()));
    }

    @Test
    void itsOwnExecSaysThatThereIsNoSuchProgram() throws IOException {
        ExecResult result = cluster.exec(POD, List.of("ip", "link"), TracedLab.COMMAND);

        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.stderr()).isEqualTo("ip: not found\n");
    }

    @Test
    void aGraphShowsItsVethWithItsPeer() throws IOException {
        Netns pod =
                new TopologyReader(cluster, TimeFactor.NONE)
                        .read("any").nodes().stream()
                                .flatMap(node -> node.pods().stream())
                                .filter(each -> each.name().equals("bare"))
                                .findFirst()
                                .orElseThrow()
                                .netns();

        assertThat(pod.problem()).isEmpty();
        assertThat(pod.link("eth0").orElseThrow().peerIndex()).isPositive();
    }

    @Test
    void tracesFromItAndToItAreWatchedInIt() throws IOException {
        for (Trace trace : List.of(lab.ping("bare", lab.pod()), lab.ping(lab.pod(), "bare"))) {
            assertThat(trace.verdict()).isInstanceOf(Verdict.Arrived.class);
            assertThat(trace.unwatched()).isEmpty();
            assertThat(trace.request()).anyMatch(hop -> hop.where().equals(POD));
        }
    }

    @Test
    void aCaptureListensInIt() throws Exception {
        CountDownLatch captured = new CountDownLatch(1);
        try (RunningCapture capture =
                RunningCapture.start(
                        cluster,
                        POD,
                        List.of("eth0"),
                        "icmp",
                        TracedLab.COMMAND,
                        frame -> captured.countDown())) {
            capture.awaitListening(TracedLab.COMMAND);
            lab.ping(lab.pod(), "bare");

            assertThat(captured.await(TracedLab.COMMAND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
