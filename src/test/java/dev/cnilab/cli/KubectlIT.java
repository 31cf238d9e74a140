package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.ExecResult;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** kubectl in a shell on an embedded lab. */
@Needs(Peer.KUBECTL)
class KubectlIT {
    private static final String LAB = "kubectl";
    private static final String WORKER = LAB + "-worker";
    private static final String IMAGE = "localhost/cnilab/lab:dev";

    private static final String WEB =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - name: web
                      image: %s
                      command: [sh, -c, "echo begun; while sleep 0.2; do echo going on; done"]
            """
                    .formatted(IMAGE);

    @TempDir private static Path directory;
    private static Machine machine;
    private static Shell shell;

    @BeforeAll
    static void up() throws IOException {
        machine = Machine.start(directory.resolve("state"));
        ExecResult up = machine.lab("up", "flannel-ipip", "--name", LAB, "--no-verify");
        assertThat(up.exitCode()).as(up.describe()).isZero();
        Files.writeString(directory.resolve("web.yaml"), WEB);
        Files.writeString(directory.resolve("typo.yaml"), WEB.replace("image:", "imagee:"));
        Files.writeString(
                directory.resolve("type.yaml"), WEB.replace("replicas: 1", "replicas: one"));
        Files.writeString(
                directory.resolve("colour.yaml"),
                WEB.replace("replicas: 1", "replicas: 1\n  colour: red"));
        shell = Shell.at(machine, LAB, directory);
    }

    @AfterAll
    static void down() throws IOException, InterruptedException {
        if (machine != null) {
            machine.lab("down", LAB);
            machine.close();
        }
    }

    private static String type(String line) throws IOException {
        return shell.type(line);
    }

    private static String demo(String node) throws IOException {
        return type("kubectl get pods -l app=demo --field-selector spec.nodeName=%s -o jsonpath='{.items[0].metadata.name}'"
                        .formatted(node))
                .strip();
    }

    /** The tutorial's commands, with this lab's names and addresses. */
    @TestFactory
    Stream<DynamicTest> tutorialsCommands() throws Exception {
        LabSpec spec = SpecLoader.load("flannel-ipip");
        String here = demo(LAB + "-control-plane");
        String there = demo(WORKER);
        String address = type("kubectl get pod " + there + " -o jsonpath='{.status.podIP}'");
        String service = type("kubectl get svc demo -o jsonpath='{.spec.clusterIP}'");
        Map<String, String> names =
                Map.of("demo-w4dft", here, "10.244.1.6", address, "$CLUSTER_IP", service);
        return spec.verify().steps().stream()
                .map(step -> step.command().text())
                .filter(command -> command.startsWith("kubectl ") && !command.contains("tcpdump"))
                .distinct()
                .map(command ->
                        DynamicTest.dynamicTest(
                                command, () -> tutorialLine(command, renamed(command, names))));
    }

    private static String renamed(String command, Map<String, String> names) {
        String renamed = command;
        for (var name : names.entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }

    private static void tutorialLine(String asWritten, String line) throws IOException {
        Map<String, String> shapes =
                Map.of(
                        "get nodes",
                                "NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP .*\n(\\S+ +Ready .* 172\\.18\\.0\\.\\d .*\n){2}",
                        "get pods",
                                "NAME +READY +STATUS +RESTARTS +AGE +IP +NODE .*\n(\\S+ +1/1 +Running .*\n)+",
                        "curl", "PodName: demo-\\w{5} \\| PodIP: eth0 10\\.244\\.\\d\\.\\d+/24\\s*",
                        "route -n",
                                "Kernel IP routing table\nDestination +Gateway +Genmask .*\n(.* eth0\n){3}",
                        "ip address",
                                "\\d+: eth0@if\\d+: <.*> mtu 1480 .*\n(.*\n)*.*inet 10\\.244\\.0\\.\\d+/24 .*\n(.*\n)*",
                        "ping",
                                "PING .* 1452\\(1480\\) bytes of data\\.\n(.*\n)*1 packets transmitted, 1 received, 0% packet loss.*\n(.*\n)*");
        String shape =
                shapes.entrySet().stream()
                        .filter(entry -> asWritten.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow();
        assertThat(type(line)).matches(Pattern.compile(shape));
    }

    @Test
    void getAndDescribe() throws IOException {
        assertThat(type("kubectl get ds,deploy,svc,endpoints,endpointslices,cm,events"))
                .containsPattern("daemonset.apps/demo +2 +2 +2 +2 +2 ")
                .containsPattern("service/demo +NodePort +10.96.\\d+.\\d+ +<none> +80:32000/TCP")
                .containsPattern("endpoints/demo +10.244.\\d.\\d+:80,10.244.\\d.\\d+:80")
                .containsPattern("endpointslice.discovery.k8s.io/demo-\\w+ +IPv4 +80 ")
                .containsPattern("configmap/kube-root-ca.crt +1 ")
                .containsPattern("Normal +Scheduled +pod/demo-");
        assertThat(type("kubectl get all"))
                .contains("pod/demo-", "service/demo", "daemonset.apps/demo");
        assertThat(type("kubectl get pods -o name")).matches("(pod/demo-\\w{5}\n){2}");
        assertThat(type("kubectl get pod -o yaml -l app=demo")).contains("podIP: 10.244.");
        assertThat(type("kubectl get nodes -o json")).contains("\"podCIDR\": \"10.244.1.0/24\"");
        assertThat(type("kubectl describe node " + WORKER))
                .containsPattern("Ready +True .*KubeletReady")
                .containsPattern("HolderIdentity: +" + WORKER)
                .containsPattern("default +demo-\\w{5} ");
        assertThat(type("kubectl describe pod -l app=demo --show-events"))
                .containsPattern("Controlled By: +DaemonSet/demo")
                .contains("Successfully assigned default/demo-", "Started container nettoolbox");
        assertThat(type("kubectl describe svc demo"))
                .containsPattern("NodePort: +http  32000/TCP")
                .containsPattern("External Traffic Policy: +Cluster");
        assertThat(type("kubectl describe ds demo")).contains("2 Running / 0 Waiting");
        assertThat(type("kubectl api-resources")).containsPattern("daemonsets +ds +apps/v1 +true");
        assertThat(type("kubectl version")).contains("Server Version: v1.");
        assertThat(type("kubectl cluster-info")).contains("control plane is running at");
        assertThat(type("kubectl get pods --field-selector colour=red"))
                .contains("field label not supported: colour", "exit code 1");
    }

    @Test
    void deploymentLifecycle() throws IOException {
        assertThat(type("kubectl diff -f web.yaml"))
                .contains("+  name: web")
                .contains("exit code 1");
        assertThat(type("kubectl apply -f web.yaml")).contains("deployment.apps/web created");
        assertThat(type("kubectl rollout status deploy/web --timeout=60s"))
                .contains("successfully rolled out");
        assertThat(type("kubectl apply -f web.yaml")).contains("deployment.apps/web unchanged");
        assertThat(type("kubectl apply --server-side --force-conflicts -f web.yaml"))
                .contains("serverside-applied");
        assertThat(type("kubectl scale deploy web --replicas=2")).contains("scaled");
        assertThat(
                        type(
                                "kubectl wait --for=jsonpath='{.status.readyReplicas}'=2 deploy/web --timeout=60s"))
                .contains("condition met");
        assertThat(type("kubectl rollout restart deploy/web")).contains("restarted");
        assertThat(type("kubectl rollout status deploy/web --timeout=60s"))
                .contains("successfully rolled out");
        assertThat(type("kubectl rollout history deploy/web")).containsPattern("\n2 +<none>");
        assertThat(type("kubectl rollout undo deploy/web")).contains("rolled back");
        assertThat(type("kubectl rollout status deploy/web --timeout=60s"))
                .contains("successfully rolled out");
        assertThat(type("kubectl get rs -l app=web -o name"))
                .as("the first ReplicaSet again")
                .hasLineCount(2);
        assertThat(type("kubectl rollout history deploy/web")).containsPattern("\n3 +<none>");
        assertThat(type("kubectl replace -f web.yaml")).contains("replaced");
        assertThat(type("kubectl patch deploy web -p '{\"spec\":{\"replicas\":2}}'"))
                .contains("patched");
        assertThat(
                        type(
                                "kubectl patch deploy web --type=merge -p '{\"metadata\":{\"labels\":{\"a\":\"b\"}}}'"))
                .contains("patched");
        assertThat(
                        type(
                                "kubectl patch deploy web --type=json -p '[{\"op\":\"remove\",\"path\":\"/metadata/labels/a\"}]'"))
                .contains("patched");
        assertThat(type("kubectl logs deploy/web --tail=1 --timestamps"))
                .containsPattern("\\d+-\\d+-\\d+T[0-9:.]+Z (going on|begun)");
        assertThat(type("kubectl logs -f deploy/web | head -1")).contains("begun");
        assertThat(type("timeout 20 kubectl attach deploy/web | head -1")).contains("going on");
        assertThat(type("kubectl delete deploy web --wait --timeout=60s")).contains("deleted");
        assertThat(type("kubectl wait --for=delete pod -l app=web --timeout=60s"))
                .doesNotContain("timed out");
    }

    @Test
    void errorsAreReported() throws IOException {
        assertThat(type("kubectl apply -f typo.yaml"))
                .contains(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: unknown field \"spec.template.spec.containers[0].imagee\"",
                        "exit code 1");
        assertThat(type("kubectl apply --validate=warn -f colour.yaml --dry-run=server"))
                .isEqualTo(
                        "Warning: unknown field \"spec.colour\"\ndeployment.apps/web created (server dry run)\n");
        assertThat(type("kubectl apply -f type.yaml"))
                .contains(
                        "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
        assertThat(type("kubectl create cm Bad --from-literal=a=b"))
                .contains("a lowercase RFC 1123 subdomain must consist of");
        assertThat(type("kubectl get pod nobody"))
                .contains("Error from server (NotFound): pods \"nobody\" not found");
        assertThat(type("sed 's/kind: Deployment/kind: Deploiment/' web.yaml | kubectl apply -f -"))
                .contains("no matches for kind \"Deploiment\" in version \"apps/v1\"");
        assertThat(type("kubectl delete ns default"))
                .isEqualTo(
                        "Error from server (Forbidden): namespaces \"default\" is forbidden: this namespace may not be deleted\nexit code 1\n");
        assertThat(type("kubectl debug pod/" + demo(WORKER) + " --image=x"))
                .contains("ephemeral containers are disabled for this cluster");
    }

    @Test
    void objectsCreatedWithoutAFile() throws IOException {
        assertThat(
                        type(
                                "kubectl create ns shelf && kubectl create -n shelf cm c --from-literal=a=b"
                                        + " && kubectl create -n shelf secret generic s --from-literal=k=v"
                                        + " && kubectl create -n shelf sa a"
                                        + " && kubectl create -n shelf service nodeport n --tcp=81:web"
                                        + " && kubectl create -n shelf deployment d --replicas=0 --image="
                                        + IMAGE))
                .isEqualTo(
                        "namespace/shelf created\nconfigmap/c created\nsecret/s created\nserviceaccount/a created\nservice/n created\ndeployment.apps/d created\n");
        assertThat(type("kubectl get -n shelf svc n -o jsonpath='{.spec.ports[0].targetPort}'"))
                .isEqualTo("web");
        assertThat(
                        type(
                                "kubectl label -n shelf cm c colour=red && kubectl annotate -n shelf cm c x=y"))
                .isEqualTo("configmap/c labeled\nconfigmap/c annotated\n");
        assertThat(type("kubectl get -n shelf cm -l colour=red -o name"))
                .isEqualTo("configmap/c\n");
        assertThat(type("kubectl delete ns shelf --timeout=60s")).contains("deleted");
        assertThat(type("kubectl get ns shelf")).contains("NotFound");
        assertThat(
                        type(
                                "kubectl taint node %1$s k=v:NoSchedule && kubectl taint node %1$s k- && kubectl cordon %1$s && kubectl get node %1$s && kubectl uncordon %1$s"
                                        .formatted(WORKER)))
                .contains(
                        " tainted",
                        " untainted",
                        " cordoned",
                        "Ready,SchedulingDisabled",
                        " uncordoned");
    }

    @Test
    void commandsInPods() throws IOException {
        String pod = demo(WORKER);
        assertThat(type("kubectl exec " + pod + " -- sh -c 'echo out; echo err >&2; exit 3'"))
                .contains("out\n", "err\n", "exit code 3");
        assertThat(
                        type(
                                "echo through | kubectl exec -i "
                                        + pod
                                        + " -- sh -c 'read x; echo got $x'"))
                .isEqualTo("got through\n");
        assertThat(type("kubectl exec " + pod + " -- nothing-of-that-name"))
                .contains("error executing command in container", "exit code 1");
        String session =
                "(sleep 2; echo 'stty size; tty'; sleep 1; stty -F $(cat terminal) rows 20 cols 50; sleep 1; echo 'stty size; exit 7'; sleep 1)"
                        + " | script -qec 'stty rows 33 cols 99; tty >terminal; kubectl exec -it "
                        + pod
                        + " -- sh' /dev/null";
        assertThat(type(session)).contains("33 99", "/dev/pts/", "20 50").contains("exit code 7");
        assertThat(
                        type(
                                "kubectl port-forward "
                                        + pod
                                        + " 18080:80 >/dev/null & for i in 1 2 3 4 5 6 7 8 9; do curl -sf http://127.0.0.1:18080/ && break; sleep 0.5; done; kill $!"))
                .contains("PodName: " + pod);
    }

    @Test
    void crashingPod() throws IOException {
        Files.writeString(
                directory.resolve("crash.yaml"),
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: crash}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - {name: c, image: "%s", command: [sh, -c, "echo alive; sleep 0.2; exit 3"]}
                """
                        .formatted(IMAGE));
        assertThat(type("kubectl apply -f crash.yaml")).isEqualTo("pod/crash created\n");
        assertThat(
                        type(
                                "kubectl wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'=2 pod/crash --timeout=60s"))
                .contains("condition met");
        assertThat(type("kubectl logs crash --previous --timestamps --tail=1"))
                .matches("\\d+-\\d+-\\d+T[0-9:.]+Z alive\\s");
        assertThat(type("kubectl events --for=pod/crash --types=Warning"))
                .containsPattern(
                        "BackOff +\\(?.*Pod/crash +Back-off restarting failed container c");
        assertThat(type("kubectl describe pod crash"))
                .containsPattern("Last State: +Terminated\n +Reason: +Error\n +Exit Code: +3");
        assertThat(type("kubectl delete pod crash --grace-period=0 --force"))
                .contains("pod \"crash\" force deleted");
        assertThat(type("kubectl get pod crash")).contains("NotFound");
        assertThat(
                        type(
                                "kubectl run wait --image="
                                        + IMAGE
                                        + " --command -- sh -c \"trap : TERM; while :; do sleep 1; done\""))
                .contains("pod/wait created");
        assertThat(type("kubectl wait --for=condition=Ready pod/wait --timeout=60s"))
                .contains("condition met");
        assertThat(
                        type(
                                "kubectl delete pod wait --grace-period=5 --wait=false && kubectl get pod wait -o jsonpath='{.metadata.deletionGracePeriodSeconds}'"))
                .matches("pod \"wait\" deleted.*\n5");
        assertThat(type("kubectl delete pod wait --now")).contains("deleted");
    }

    @Test
    void watchPrintsChanges() throws IOException {
        assertThat(
                        type(
                                "(sleep 2; for cm in seen last; do kubectl create cm $cm; kubectl delete cm $cm; done) >/dev/null &"
                                        + " timeout 8 kubectl get cm -w --output-watch-events | awk '/seen/ {print $1, $2; if (++n == 2) exit}'"))
                .isEqualTo("ADDED seen\nDELETED seen\n");
    }
}
