package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownErrorsTest {

    /**
     * Recorded output of kind 0.27 and 0.33 on a real engine, one file per provoked failure. The
     * file's name begins with the error's id, kind-failed for unknown ones.
     */
    private static final Path OUTPUTS = Path.of("src/test/resources/dev/cnilab/kind");

    private static final String UNKNOWN = "kind-failed";

    @TestFactory
    Stream<DynamicTest> recognizedInRecordedOutput() throws IOException {
        return eachOutput(
                UnaryOperator.identity(),
                file -> file.getFileName().toString().replaceFirst("\\..*", ""));
    }

    /** Progress, warnings and command lines of recorded output, without the error. */
    @TestFactory
    Stream<DynamicTest> notRecognizedOutsideOfTheError() throws IOException {
        return eachOutput(KnownErrorsTest::withAnotherError, _ -> UNKNOWN);
    }

    @FunctionalInterface
    private interface Expected {
        String id(Path file);
    }

    private static Stream<DynamicTest> eachOutput(UnaryOperator<String> change, Expected expected)
            throws IOException {
        List<Path> outputs;
        try (Stream<Path> files = Files.walk(OUTPUTS)) {
            outputs = files.filter(Files::isRegularFile).sorted().toList();
        }
        return outputs.stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                OUTPUTS.relativize(file).toString(),
                                () ->
                                        assertThat(id(change.apply(Files.readString(file))))
                                                .isEqualTo(expected.id(file))));
    }

    private static String withAnotherError(String output) {
        String failed = " failed with error: ";
        int error = output.indexOf("ERROR: ");
        int command = output.indexOf("command \"", error);
        String line =
                command < 0
                        ? "something new"
                        : output.substring(command, output.indexOf(failed, command))
                                + failed
                                + "exit status 1";
        return output.substring(0, error) + "ERROR: failed to create cluster: " + line + "\n";
    }

    /** Errors of Docker, kind and kubeadm, reported by users of other machines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-free-subnet|Error response from daemon: all predefined address pools have been fully subnetted",
                "subnet-taken|Error response from daemon: Pool overlaps with other one on this address space",
                "image-not-found|docker: Error response from daemon: pull access denied for kindest/nod, repository does not exist or may require 'docker login'",
                "image-not-found|Error response from daemon: manifest for kindest/node:v9 not found: manifest unknown: manifest unknown",
                "wrong-architecture|exec /usr/local/bin/entrypoint: exec format error",
                "wrong-architecture|no matching manifest for linux/arm64/v8 in the manifest list entries",
                "proxy|Error response from daemon: Get \"https://registry-1.docker.io/v2/\": proxyconnect tcp: dial tcp: lookup proxy: no such host",
                "inotify-limits|Failed to create inotify object: Too many open files",
                "inotify-limits|failed to create inotify watch: no space left on device",
                "no-space|write /var/lib/docker/tmp/x: no space left on device",
                "no-ipv6|Error response from daemon: Cannot read IPv6 setup for bridge br-0123: open /proc/sys/net/ipv6/conf/br-0123/disable_ipv6: no such file or directory",
                "no-ipv6|Error response from daemon: Failed to Setup IP tables: Unable to enable NAT rule:  (ip6tables failed: ip6tables --wait -t nat -I POSTROUTING: can't initialize ip6tables table `nat')",
                "docker-absent|docker: error waiting for container: unexpected EOF",
                "docker-absent|failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running",
                "docker-forbidden|permission denied while trying to connect to the docker API at unix:///var/run/docker.sock",
                "stale-network|docker: Error response from daemon: network kind is ambiguous (2 matches found on name)",
                "stale-network|docker: Error response from daemon: failed to set up container networking: network 0a1b2c not found",
                "image-digest|ctr: content digest sha256:0a1b2c: not found",
                "port-taken|docker: Error response from daemon: driver failed programming external connectivity: Bind for 127.0.0.1:6443 failed: port is already allocated",
                "port-taken|docker: Error response from daemon: failed to set up container networking: failed to bind host port 127.0.0.1:6443/tcp: address already in use",
                "kubelet|[kubelet-check] It seems like the kubelet isn't running or healthy.",
            })
    void recognizedInTheFailedCommandsOutput(String id, String output) {
        assertThat(id(failedCommand(output))).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cgroup|running kind with rootless provider requires setting systemd property \"Delegate=yes\", see https://kind.sigs.k8s.io/docs/user/rootless/",
                "cgroup|running kind with rootless provider requires cgroup v2, see https://kind.sigs.k8s.io/docs/user/rootless/",
                "image-not-found|failed to pull image \"kindest/node:v9\": context deadline exceeded",
                "kubeconfig-unwritable|failed to write KUBECONFIG: open /x/kubeconfig: permission denied",
            })
    void recognizedInKindsMessage(String id, String message) {
        assertThat(id("ERROR: failed to create cluster: " + message + "\n")).isEqualTo(id);
    }

    /** Lines that also occur in the output of commands that failed for another reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARNING: The requested image's platform (linux/arm64) does not match the detected host platform (linux/amd64/v3) and no specific platform was requested",
                "cgroup v1 is deprecated in Kubernetes and will not be supported in a future kind release, please upgrade to cgroup v2",
                "[WARNING SystemVerification]: cgroups v1 support is in maintenance mode: no space left on device",
                "W1130 08:00:00.000000     149 common.go:101] strict decoding: unknown field \"spec.x\": unable to decode config: yaml",
                "I1130 08:00:00.000000     149 round_trippers.go:553] GET https://bad:6443/healthz: exec format error",
                "The kubelet is unhealthy due to a misconfiguration of the node in some way (required cgroups disabled)",
                "[ERROR ImagePull]: failed to pull image registry.k8s.io/pause:3.10: not found",
                "[ERROR Port-2379]: listen tcp 127.0.0.1:2379: bind: address already in use",
                "Get \"https://registry-1.docker.io/v2/\": unexpected EOF",
                "read tcp 10.0.0.1:5000: read: connection reset by peer",
                "cni config uninitialized: network plugin not found",
                "open /etc/kubernetes/kubeconfig: permission denied",
                "iptables v1.8.9 (legacy), ip6tables v1.8.9 (legacy)",
                "error: content digest is not checked: image not found",
                "error validating data: unknown field \"x\" in Pod",
            })
    void notRecognizedInUnrelatedOutput(String output) {
        assertThat(id(failedCommand(output))).isEqualTo(UNKNOWN);
    }

    /** A sign shows what happened, not how often that has which cause. */
    @Test
    void noCauseIsAGuess() {
        assertThat(KnownErrors.all())
                .allSatisfy(known ->
                        assertThat(known.cause())
                                .doesNotContainPattern(
                                        "\\b(often|usually|probably|perhaps|maybe|likely|may be)\\b"));
    }

    /** Its log line is missing; whether for inotify instances or CPU, nothing shows. */
    @Test
    void aNodeThatDoesNotBootIsNotBlamedOnInotify() {
        assertThat(id("ERROR: failed to create cluster: could not find a log line that matches\n"))
                .isEqualTo("node-boot");
    }

    private static String failedCommand(String output) {
        return "ERROR: failed to create cluster: command \"docker run --cgroupns=private x\" failed"
                + " with error: exit status 1\n\nCommand Output: "
                + output
                + "\n";
    }

    private static String id(String printed) {
        Optional<KnownErrors> trouble = KindError.in(printed).flatMap(KnownErrors::in);
        trouble.ifPresent(known -> {
            assertThat(known.cause()).isNotBlank().doesNotEndWith(".");
            assertThat(known.remedy().text()).isNotBlank();
        });
        return trouble.map(KnownErrors::id).orElse(UNKNOWN);
    }
}
