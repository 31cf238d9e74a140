package dev.cnilab.embedded.kubelet;

import dev.cnilab.host.Terminal;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the kubelet of a pod for exec and log requests of the API. */
public final class KubeletPods implements PodAccess {

    private final List<Kubelet> kubelets;

    public KubeletPods(List<Kubelet> kubelets) {
        this.kubelets = List.copyOf(kubelets);
    }

    @Override
    public Exec exec(
            String namespace,
            String pod,
            @Nullable String container,
            List<String> argv,
            boolean tty)
            throws IOException {
        PodWorker worker = worker(namespace, pod);
        Container found = container(worker, pod, container);
        if (found.process().isEmpty()) {
            throw ApiException.badRequest(
                    "container " + found.name() + " in pod " + pod + " is not running");
        }
        return tty
                ? onTerminal(worker.containers(), found, argv)
                : new ProcessExec(worker.containers().exec(found, argv));
    }

    private static Exec onTerminal(PodContainers containers, Container container, List<String> argv)
            throws IOException {
        Terminal terminal = Terminal.open();
        try {
            return new TerminalExec(
                    containers.execOn(terminal.device(), container, argv), terminal);
        } catch (IOException e) {
            terminal.close();
            throw e;
        }
    }

    @Override
    public Socket connect(String namespace, String pod, int port) throws IOException {
        Sandbox sandbox =
                worker(namespace, pod)
                        .sandbox()
                        .orElseThrow(() ->
                                ApiException.badRequest("pod " + pod + " has no network yet"));
        return sandbox.network().call(() -> new Socket(InetAddress.getLoopbackAddress(), port));
    }

    @Override
    public InputStream log(
            String namespace, String pod, @Nullable String container, LogOptions options)
            throws IOException {
        Container found = container(worker(namespace, pod), pod, container);
        Container.Snapshot now = found.snapshot();
        int run = options.previous() ? now.restarts() - 1 : now.restarts();
        Path file = found.log().file(run);
        if (run < 0 || !Files.exists(file)) {
            throw ApiException.badRequest(
                    options.previous()
                            ? "previous terminated container \"%s\" in pod \"%s\" not found"
                                    .formatted(found.name(), pod)
                            : "container \"%s\" in pod \"%s\" is waiting to start: %s"
                                    .formatted(found.name(), pod, waiting(now)));
        }
        Optional<Process> running = found.process();
        return new LogStream(
                file, options, () -> running.isPresent() && found.process().equals(running));
    }

    private static String waiting(Container.Snapshot container) {
        return container.state() instanceof ContainerState.Waiting(String reason, String message)
                ? (reason + " " + message).strip()
                : "no log yet";
    }

    private PodWorker worker(String namespace, String pod) {
        return kubelets.stream()
                .flatMap(kubelet -> kubelet.worker(namespace, pod).stream())
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(ResourceType.POD, pod));
    }

    private static Container container(PodWorker worker, String pod, @Nullable String name) {
        return worker.containers()
                .find(name)
                .orElseThrow(() ->
                        ApiException.badRequest(
                                "container %s is not valid for pod %s".formatted(name, pod)));
    }
}
