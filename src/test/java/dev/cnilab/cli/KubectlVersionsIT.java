package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.ExecResult;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands of kubectl 1.20 and later, run with each kubectl on the PATH: in CI that of the node
 * image, which is the newest, the machine's, and Debian's 1.20.
 */
@Needs(Peer.KUBECTL)
@Tag("real-kind")
class KubectlVersionsIT {
    private static final String LAB = "versions";

    private static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - name: web
                      image: localhost/cnilab/lab:dev
                      command: [sh, -c, "echo begun; while sleep 0.2; do echo going on; done"]
            """;

    /** A command and its expected output. DEMO is the name of a pod. */
    private record Line(String typed, String printed) {}

    private static final List<Line> LINES =
            List.of(
                    new Line("kubectl version", "Server Version: .*"),
                    new Line("kubectl cluster-info", "is running at .*https://127.0.0.1:"),
                    new Line("kubectl api-resources", "daemonsets +ds +apps"),
                    new Line("kubectl get nodes -o wide", "Ready +control-plane.* +172.18.0.2 "),
                    new Line("kubectl get pods -A -o wide", "demo-\\w{5} +1/1 +Running .* 10.244."),
                    new Line("kubectl get pod DEMO -o yaml", "podIP: 10.244."),
                    new Line("kubectl get pod DEMO -o json", "\"podIP\": \"10.244."),
                    new Line("kubectl get pods -l app=demo -o name", "pod/demo-\\w{5}\npod/demo-"),
                    new Line(
                            "kubectl get pods -l app=demo --field-selector spec.nodeName=versions-worker -o jsonpath='{.items[*].kind}'",
                            "^Pod$"),
                    new Line(
                            "kubectl get ds,deploy,svc,endpoints,endpointslices,cm,events",
                            "daemonset.apps/demo +2 +2 +2 +2 +2 "),
                    new Line(
                            "timeout 5 kubectl get pods -l app=demo -w",
                            "NAME +READY +STATUS.*\ndemo-"),
                    new Line("kubectl describe node versions-worker", "Ready +True .*KubeletReady"),
                    new Line("kubectl describe pod DEMO", "Controlled By: +DaemonSet/demo"),
                    new Line("kubectl describe svc demo", "NodePort: +http +32000/TCP"),
                    new Line("kubectl describe ds demo", "2 Running / 0 Waiting"),
                    new Line("kubectl create ns own", "namespace/own created"),
                    new Line("kubectl diff -n own -f web.yaml", "\\+ +name: web"),
                    new Line("kubectl apply -n own -f web.yaml", "deployment.apps/web created"),
                    new Line("kubectl apply -n own -f web.yaml", "deployment.apps/web unchanged"),
                    new Line(
                            "kubectl apply -n own --server-side --force-conflicts -f web.yaml",
                            "serverside-applied"),
                    new Line(
                            "kubectl rollout status -n own deploy/web --timeout=60s",
                            "successfully rolled out"),
                    new Line("kubectl scale -n own deploy web --replicas=2", "scaled"),
                    new Line(
                            "kubectl wait -n own --for=condition=Available deploy/web --timeout=60s",
                            "condition met"),
                    new Line("kubectl rollout restart -n own deploy/web", "restarted"),
                    new Line(
                            "kubectl rollout status -n own deploy/web --timeout=60s",
                            "successfully rolled out"),
                    new Line(
                            "kubectl logs -n own deploy/web --tail=1 --timestamps",
                            "\\d{4}-\\d\\d-"),
                    new Line("kubectl logs -n own -f deploy/web | head -1", "begun"),
                    new Line(
                            "kubectl patch -n own deploy web -p '{\"spec\":{\"replicas\":1}}'",
                            "patched"),
                    new Line(
                            "kubectl patch -n own deploy web --type=merge -p '{\"metadata\":{\"labels\":{\"a\":\"b\"}}}'",
                            "patched"),
                    new Line(
                            "kubectl patch -n own deploy web --type=json -p '[{\"op\":\"remove\",\"path\":\"/metadata/labels/a\"}]'",
                            "patched"),
                    new Line("kubectl replace -n own -f web.yaml", "replaced"),
                    new Line(
                            "kubectl create cm -n own c --from-literal=a=b && kubectl label -n own cm c x=y && kubectl annotate -n own cm c x=y",
                            "created\nconfigmap/c labeled\nconfigmap/c annotated"),
                    new Line(
                            "N=versions-worker; kubectl taint node $N k=v:NoSchedule && kubectl taint node $N k- && kubectl cordon $N && kubectl uncordon $N",
                            "tainted\n.* untainted\n.* cordoned\n.* uncordoned"),
                    new Line(
                            "echo through | kubectl exec -i DEMO -- sh -c 'read x; echo got $x; exit 3'",
                            "got through\n(.*\n)*exit code 3"),
                    new Line(
                            "script -qec 'stty rows 33 cols 99; kubectl exec -it DEMO -- sh -c \"sleep 1; stty size; exit 7\"' /dev/null",
                            "(?s)33 99.*exit code 7"),
                    new Line(
                            "kubectl port-forward DEMO 18080:80 >/dev/null & for i in 1 2 3 4 5 6 7 8 9; do curl -sf http://127.0.0.1:18080/ && break; sleep 0.5; done; kill $!",
                            "PodName: demo-"),
                    new Line("kubectl get pod nobody", "\\(NotFound\\): pods \"nobody\" not found"),
                    new Line(
                            "kubectl delete -n own deploy web --wait --timeout=60s",
                            "\"web\" deleted"),
                    new Line("kubectl delete ns own --timeout=60s", "\"own\" deleted"));

    @TempDir private static Path directory;
    private static Machine machine;

    @BeforeAll
    static void up() throws IOException {
        machine = Machine.start(directory.resolve("state"));
        ExecResult up = machine.lab("up", "flannel-ipip", "--name", LAB, "--no-verify");
        assertThat(up.exitCode()).as(up.describe()).isZero();
        Files.writeString(directory.resolve("web.yaml"), WEB);
    }

    @AfterAll
    static void down() throws IOException, InterruptedException {
        machine.lab("down", LAB);
        machine.close();
    }

    @TestFactory
    Stream<DynamicContainer> eachKubectl() throws IOException {
        Shell shell = Shell.at(machine, LAB, directory);
        List<Path> programs =
                Stream.of(System.getenv("PATH").split(":"))
                        .map(directory -> Path.of(directory, "kubectl"))
                        .filter(Files::isExecutable)
                        .map(KubectlVersionsIT::real)
                        .distinct()
                        .toList();
        assertThat(programs).as("directories of PATH with a kubectl").isNotEmpty();
        return programs.stream()
                .map(program ->
                        DynamicContainer.dynamicContainer(
                                program.toString(), lines(shell.preferring(program))));
    }

    /** Its path with symbolic links resolved, since Debian's /bin is /usr/bin. */
    private static Path real(Path kubectl) {
        try {
            return kubectl.toRealPath().resolveSibling("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<DynamicTest> lines(Shell shell) {
        return LINES.stream()
                .map(line -> DynamicTest.dynamicTest(line.typed(), () -> check(shell, line)));
    }

    private static void check(Shell shell, Line line) throws IOException {
        String pod =
                shell.type("kubectl get pods -l app=demo -o jsonpath='{.items[0].metadata.name}'");
        assertThat(shell.type(line.typed().replace("DEMO", pod)))
                .containsPattern(Pattern.compile(line.printed()));
    }
}
