package dev.cnilab.cli.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.LocalCommand;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.Command;
import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs {@code kubectl} commands: {@code exec} without kubectl, and all others by kubectl if
 * installed; without it, {@code get} of pods, nodes and services is rendered by {@link KubectlGet}.
 */
final class Kubectl implements CommandHandler {

    private static final Set<String> EXEC_FLAGS =
            Set.of("-i", "-t", "-it", "-ti", "--stdin", "--tty", "-q", "--quiet");

    private final Cluster cluster;
    private final Path kubeconfig;
    private final SearchPath path;

    /**
     * @param path search path for kubectl
     */
    Kubectl(Cluster cluster, Path kubeconfig, SearchPath path) {
        this.cluster = cluster;
        this.kubeconfig = kubeconfig;
        this.path = path;
    }

    @Override
    public int run(List<String> arguments, OutputStream output)
            throws IOException, InterruptedException {
        if (!arguments.isEmpty() && arguments.getFirst().equals("exec")) {
            return exec(arguments.subList(1, arguments.size()), output);
        }
        if (path.find("kubectl").isPresent()) {
            List<String> argv = new ArrayList<>(List.of("kubectl"));
            argv.addAll(arguments);
            Process process =
                    Command.of(argv)
                            .withEnvironment(Map.of("KUBECONFIG", kubeconfig.toString()))
                            .start();
            return Pump.run(new LocalCommand(process, Optional.empty()), output);
        }
        output.write(new KubectlGet(cluster).render(arguments).getBytes(UTF_8));
        return 0;
    }

    private int exec(List<String> words, OutputStream output)
            throws IOException, InterruptedException {
        String namespace = "default";
        String pod = "";
        List<String> argv = new ArrayList<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (!argv.isEmpty()) {
                argv.add(word);
            } else if (word.equals("--") && rest.hasNext()) {
                argv.add(rest.next());
            } else if ((word.equals("-n") || word.equals("--namespace")) && rest.hasNext()) {
                namespace = rest.next();
            } else if (pod.isEmpty() && !word.startsWith("-")) {
                pod = word.replaceFirst("^pods?/", "");
            } else if (!pod.isEmpty() && !word.startsWith("-")) {
                // kubectl accepts the command without -- as well.
                argv.add(word);
            } else if (!EXEC_FLAGS.contains(word)) {
                throw usage("unknown option " + word + " here");
            }
        }
        if (pod.isEmpty() || argv.isEmpty()) {
            throw usage("a pod and a command are required");
        }
        if (!exists(namespace, pod)) {
            String answer = "Error from server (NotFound): pods \"" + pod + "\" not found\n";
            output.write(answer.getBytes(UTF_8));
            return 1;
        }
        return Pump.run(cluster.start(new Place.InPod(namespace, pod), Tools.inLab(argv)), output);
    }

    private boolean exists(String namespace, String name) throws IOException {
        return cluster.pods().stream()
                .anyMatch(pod -> pod.namespace().equals(namespace) && pod.name().equals(name));
    }

    private static Failure usage(String what) {
        return new Failure(
                Failure.Kind.USAGE,
                "kubectl-exec",
                what,
                "",
                "kubectl exec [-n NAMESPACE] POD -- COMMAND");
    }
}
