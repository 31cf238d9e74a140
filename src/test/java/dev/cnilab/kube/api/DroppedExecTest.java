package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterDns;
import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.NodeContainers;
import dev.cnilab.cluster.NodeFileWriter;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.StartRecorder;
import dev.cnilab.cluster.kubernetes.ApiCluster;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.RunLimits;
import dev.cnilab.verify.StepFilter;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verification whose exec the API server drops. */
class DroppedExecTest {

    @TempDir Path directory;
    private TestApi api;
    private Relay relay;
    private Path running;

    @BeforeEach
    void open() throws IOException {
        api = new TestApi(directory);
        api.create(
                ResourceType.POD,
                """
                metadata: {name: probed, namespace: default, labels: {app: demo}}
                spec: {nodeName: node1, containers: [{name: demo, image: demo}]}
                status:
                  phase: Running
                  podIP: 10.244.1.7
                  conditions: [{type: Ready, status: 'True'}]
                """);
        relay = new Relay(api.port);
        running = directory.resolve("running");
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        api.close();
    }

    @Test
    void theStepIsTriedAgain() throws Exception {
        StepResult result = verify("60s", "[ -e '%s' ] || { : >'%s'; exec sleep 60; }", 1);

        assertThat(result.outcome()).isInstanceOf(Outcome.Passed.class);
        assertThat(result.looks()).isEqualTo(2);
    }

    @Test
    void theStepFailsWithWhatHappenedWhenItsBudgetIsOver() throws Exception {
        StepResult result = verify("1s", ": >'%s'; : >'%s'; exec sleep 60", Integer.MAX_VALUE);

        assertThat(result.outcome()).isInstanceOf(Outcome.Errored.class);
        assertThat(result.outcome().toString())
                .contains("pod default/probed failed: the API server closed the connection");
    }

    /** Cuts the connection each time the command runs, up to a number of times. */
    private StepResult verify(String budget, String script, int cuts) throws Exception {
        LabSpec spec = spec(budget, script.formatted(running, running));
        Thread cutter = Thread.ofPlatform().daemon().start(() -> cut(cuts));
        try (ApiCluster cluster = new PodsOnly(relay.port(), api)) {
            return new Verifier(spec, cluster, new StepFilter(List.of()), TimeFactor.NONE)
                    .run(RunLimits.NONE, result -> {})
                    .getFirst();
        } finally {
            cutter.interrupt();
            cutter.join();
        }
    }

    private void cut(int times) {
        try {
            for (int i = 0; i < times; i++) {
                while (Files.notExists(running)) {
                    Thread.sleep(20);
                }
                relay.cut(false);
                if (times > 1) {
                    Files.delete(running);
                }
            }
        } catch (InterruptedException | IOException e) {
            // The verification is over.
        }
    }

    private static LabSpec spec(String budget, String script) throws Exception {
        return SpecLoader.load(
                new LabSource(
                        "dropped",
                        """
                        apiVersion: cnilab.dev/v1
                        kind: Lab
                        metadata: {name: dropped, title: An exec that is dropped}
                        network: {name: dropped, ipv4: {subnet: 172.18.0.0/16, gateway: 172.18.0.1}}
                        kubernetes:
                          podSubnet: 10.244.0.0/16
                          serviceSubnet: 10.96.0.0/16
                        nodes: [{role: control-plane}]
                        cni: {type: lab-ipip, network: 10.244.0.0/16, backend: {type: ipip}}
                        workloads: [{manifest: demo}]
                        verify:
                          budget: %s
                          pods: {namespace: default, selector: {app: demo}}
                          steps:
                            - name: dropped
                              title: Dropped
                              command: sh
                              probe:
                                command:
                                  on: each-pod
                                  argv: [sh, -c, "%s"]
                                  exitCode: 0
                        """
                                .formatted(budget, script),
                        Optional.empty()));
    }

    /** A cluster in whose pods alone commands run. */
    private static final class PodsOnly extends ApiCluster {

        PodsOnly(int port, TestApi api) throws IOException {
            super(
                    new KubernetesCluster(
                            new Kubeconfig(
                                            "test",
                                            URI.create("https://127.0.0.1:" + port),
                                            api.pki.authorityPem(),
                                            TestApi.TOKEN)
                                    .text()));
        }

        @Override
        protected RunningCommand startOnNode(
                String node, List<String> argv, Optional<InputStream> stdin) throws IOException {
            throw new IOException("no commands run on " + node);
        }

        @Override
        protected RunningCommand startOutside(List<String> argv, Optional<InputStream> stdin)
                throws IOException {
            throw new IOException("no commands run outside");
        }

        @Override
        public Optional<ClusterDns> dns() {
            return Optional.empty();
        }

        @Override
        public Optional<ImageLoader> imageLoader() {
            return Optional.empty();
        }

        @Override
        public Optional<NodeFileWriter> nodeFiles() {
            return Optional.empty();
        }

        @Override
        public Optional<StartRecorder> startRecorder() {
            return Optional.empty();
        }

        @Override
        public Optional<NodeContainers> containers() {
            return Optional.empty();
        }
    }
}
