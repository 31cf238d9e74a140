package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects created by kubectl survive a kill of the lab's process. */
@Needs(Peer.KUBECTL)
class DaemonKilledIT {
    private static final String LAB = "killed";
    private static final String[] UP = {"up", "flannel-ipip", "--name", LAB, "--no-verify"};

    /** Kinds that no controller changes. */
    private static final String STILL =
            "ns,cm,secret,sa,svc,roles,rolebindings,clusterroles,clusterrolebindings";

    /** Kinds with a status that controllers update. */
    private static final String LIVELY = "nodes,pods,ds,deploy,rs,leases";

    @TempDir private Path state;
    private Machine machine;

    @BeforeEach
    void up() throws IOException {
        machine = Machine.start(state);
        mustUp();
    }

    @AfterEach
    void down() throws IOException, InterruptedException {
        if (machine != null) {
            machine.lab("down", LAB);
            machine.close();
        }
    }

    private void mustUp() throws IOException {
        ExecResult up = machine.lab(UP);
        assertThat(up.exitCode()).as(up.describe()).isZero();
    }

    @Test
    void allObjectsAreRestored() throws Exception {
        Shell shell = Shell.at(machine, LAB, state);
        assertThat(
                        shell.type(
                                "kubectl create ns shelf && kubectl create -n shelf cm c --from-literal=a=b"
                                        + " && kubectl create -n shelf secret generic s --from-literal=k=v"
                                        + " && kubectl create -n shelf service nodeport n --tcp=81:web"
                                        + " && kubectl create -n shelf deployment d --replicas=0 --image=x"
                                        + " && kubectl label -n shelf cm c colour=red"))
                .doesNotContain("exit code");
        List<String> still = list(shell, STILL, " {.metadata.resourceVersion}");
        List<String> lively = list(shell, LIVELY, "");
        assertThat(still).anyMatch(line -> line.startsWith("ConfigMap shelf/c "));

        machine.killDaemon(LAB);
        assertThat(shell.type("kubectl get nodes")).contains("exit code 1");
        mustUp();

        assertThat(list(shell, STILL, " {.metadata.resourceVersion}")).isEqualTo(still);
        assertThat(list(shell, LIVELY, "")).isEqualTo(lively);
        assertThat(
                        shell.type(
                                "kubectl get -n shelf cm c -o jsonpath='{.data.a} {.metadata.labels.colour}'"))
                .isEqualTo("b red");
        assertThat(shell.type("kubectl rollout status ds/demo --timeout=60s"))
                .contains("successfully rolled out");
    }

    private static List<String> list(Shell shell, String kinds, String more) throws IOException {
        return shell.type(
                        "kubectl get -A %s -o jsonpath='{range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.uid}%s{\"\\n\"}{end}'"
                                .formatted(kinds, more))
                .lines()
                .sorted()
                .toList();
    }
}
