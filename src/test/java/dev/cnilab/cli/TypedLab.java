package dev.cnilab.cli;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running lab of any provider, with a shell to type commands in. */
final class TypedLab {

    private static final Duration END = Duration.ofMinutes(8);

    /** A replacement for docker exec if nodes are not containers. */
    private static final String DOCKER =
            "docker() { shift; node=$1; shift; ./lab exec \"$node\" -- \"$@\"; }; ";

    private final String name;
    private final Shell shell;
    private final String prologue;

    /** The shell of the lab's machine. */
    @FunctionalInterface
    private interface Shell {
        Process start(List<String> argv) throws IOException;
    }

    private TypedLab(String name, Shell shell, String prologue) {
        this.name = name;
        this.shell = shell;
        this.prologue =
                "cd '%s'; export LAB_LAB=%s; ".formatted(Path.of("").toAbsolutePath(), name)
                        + prologue;
    }

    /** A lab on this machine whose nodes are containers. */
    static TypedLab kind(String name) throws IOException {
        Shell here = argv -> Command.of(argv).start();
        String kubeconfig = new TypedLab(name, here, "").type("./lab kubeconfig");
        return new TypedLab(name, here, "export KUBECONFIG='" + kubeconfig.strip() + "'; ");
    }

    /** A lab on its own machine; it need not be up. */
    static TypedLab embedded(String name, Machine machine) {
        Path kubeconfig = machine.folder(name).resolve("kubeconfig");
        return new TypedLab(
                name, machine::startProgram, "export KUBECONFIG='" + kubeconfig + "'; " + DOCKER);
    }

    String name() {
        return name;
    }

    String controlPlane() {
        return name + "-control-plane";
    }

    String worker() {
        return name + "-worker";
    }

    /** Runs a line; returns its output, including stderr, and its exit code if not 0. */
    String type(String line) throws IOException {
        List<String> argv =
                List.of("bash", "-c", prologue + "{ " + line + "\n} 2>&1 || echo \"exit code $?\"");
        ExecResult result = Command.await(argv, shell.start(argv), END);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return result.stdout();
    }

    /** The name of a node's demo pod. */
    String pod(String node) throws IOException {
        return type("kubectl get pods -l app=demo --field-selector spec.nodeName=%s -o jsonpath='{.items[0].metadata.name}'"
                        .formatted(node))
                .strip();
    }

    /** The address of a pod from the API. */
    String address(String pod) throws IOException {
        return type("kubectl get pod " + pod + " -o jsonpath='{.status.podIP}'").strip();
    }
}
