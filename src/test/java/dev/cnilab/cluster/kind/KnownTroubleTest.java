package dev.cnilab.cluster.kind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownTroubleTest {

    /** As kind and Docker wrote them, in the issues that the table names and on real machines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inotify-limits|could not find a log line that matches \"Reached target .*Multi-User System.*|detected cgroup v1\"",
                "inotify-limits|Failed to create inotify object: Too many open files; too many open files",
                "no-free-subnet|Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults",
                "no-free-subnet|all predefined address pools have been fully subnetted",
                "subnet-taken|Error response from daemon: Pool overlaps with other one on this address space",
                "image-not-found|failed to pull image \"kindest/node:v9\": command \"docker pull kindest/node:v9\" failed",
                "image-not-found|manifest for kindest/node:v9 not found: manifest unknown: manifest unknown",
                "wrong-architecture|exec /usr/local/bin/entrypoint: exec format error",
                "proxy|Get \"https://registry-1.docker.io/v2/\": proxyconnect tcp: dial tcp: lookup proxy: no such host",
                "cgroup|running kind with rootless provider requires setting systemd property \"Delegate=yes\"",
                "kubeconfig-locked|failed to lock config file: open /x/kubeconfig.lock: file exists",
                "kubeconfig-unwritable|failed to lock config file: open /x/kubeconfig.lock: read-only file system",
                "cluster-name-taken|node(s) already exist for a cluster with the name \"flannel-ipip\"",
                "no-space|write /var/lib/docker/tmp/x: no space left on device",
                "docker-absent|Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
                "docker-forbidden|permission denied while trying to connect to the Docker daemon socket",
                "stale-network|Error response from daemon: network kind is ambiguous (2 matches found on name)",
                "image-digest|ctr: content digest sha256:0a: not found",
                "port-taken|Bind for 127.0.0.1:6443 failed: port is already allocated",
                "kind-too-old|error decoding config: yaml: unmarshal errors: unknown field \"labels\"",
                "kubelet|[kubelet-check] The kubelet isn't running or healthy. timed out waiting for the condition",
            })
    void isToldByWhatKindPrints(String id, String output) {
        assertThat(KnownTrouble.in("ERROR: failed to create cluster: " + output + "\n"))
                .get()
                .satisfies(trouble -> {
                    assertThat(trouble.id()).isEqualTo(id);
                    assertThat(trouble.cause()).isNotBlank().doesNotEndWith(".");
                    assertThat(trouble.remedy()).isNotBlank();
                });
    }

    @Test
    void anythingElseIsNotGuessedAt() {
        assertThat(KnownTrouble.in("ERROR: something new\n")).isEmpty();
    }
}
