package dev.cnilab.cli.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.SearchPath;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.walk.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs a reader's commands by their first word: {@code kubectl}, {@code docker}, a tool such as
 * {@code curl} or {@code ip}, which runs outside of the cluster, or a command of lab, with or
 * without {@code lab} before it. No shell is involved.
 */
public final class Interpreter implements Commands {

    private static final int NOT_FOUND = 127;

    private final Cluster cluster;
    private final Map<String, CommandHandler> handlers = new TreeMap<>();

    /**
     * @param containers whether the nodes are Docker containers
     * @param path this machine's search path
     * @param own lab's commands
     */
    public Interpreter(
            Cluster cluster,
            boolean containers,
            Path kubeconfig,
            SearchPath path,
            Map<String, CommandHandler> own) {
        this.cluster = cluster;
        for (String tool : tools()) {
            handlers.put(tool, (arguments, output) -> outside(tool, arguments, output));
        }
        handlers.putAll(own);
        handlers.put("kubectl", new Kubectl(cluster, kubeconfig, path));
        handlers.put("docker", new Docker(cluster, containers));
        handlers.put("lab", this::lab);
    }

    /** The tools that run in nodes, in pods, and outside. */
    public static Set<String> tools() {
        Set<String> names = new TreeSet<>(ProgramImage.TOOLS);
        names.add("tcpdump");
        return names;
    }

    /** The words that a command may start with, sorted. */
    public Set<String> names() {
        return handlers.keySet();
    }

    @Override
    public int run(List<String> words, OutputStream output)
            throws IOException, InterruptedException {
        CommandHandler handler = handlers.get(words.getFirst());
        if (handler == null) {
            String names = String.join(", ", handlers.keySet());
            output.write(
                    ("unknown command '" + words.getFirst() + "'; known: " + names + "\n")
                            .getBytes(UTF_8));
            return NOT_FOUND;
        }
        return handler.run(words.subList(1, words.size()), output);
    }

    @Override
    public void apply(String manifests) throws IOException {
        cluster.objects().apply(manifests);
    }

    @Override
    public String before(String manifests) throws IOException {
        return cluster.objects().before(manifests);
    }

    @Override
    public void restore(String before) throws IOException {
        cluster.objects().restore(before);
    }

    private int lab(List<String> arguments, OutputStream output)
            throws IOException, InterruptedException {
        return arguments.isEmpty() ? run(List.of("help"), output) : run(arguments, output);
    }

    private int outside(String tool, List<String> arguments, OutputStream output)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(tool));
        argv.addAll(arguments);
        return Pump.run(cluster.start(new Place.Outside(), Tools.inLab(argv)), output);
    }
}
