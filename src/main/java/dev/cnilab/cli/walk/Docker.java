package dev.cnilab.cli.walk;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.TextTable;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.LocalCommand;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs {@code docker exec NODE} on a node of any provider. Other subcommands are passed to Docker
 * if the nodes are containers.
 */
final class Docker implements CommandHandler {

    private final Cluster cluster;
    private final boolean containers;

    /**
     * @param containers whether the nodes are Docker containers
     */
    Docker(Cluster cluster, boolean containers) {
        this.cluster = cluster;
        this.containers = containers;
    }

    @Override
    public int run(List<String> arguments, OutputStream output)
            throws IOException, InterruptedException {
        String verb = arguments.isEmpty() ? "" : arguments.getFirst();
        if (verb.equals("exec")) {
            List<String> words = withoutFlags(arguments.subList(1, arguments.size()));
            if (words.size() > 1 && isNode(words.getFirst())) {
                List<String> argv = Tools.inLab(words.subList(1, words.size()));
                return Pump.run(cluster.start(new Place.OnNode(words.getFirst()), argv), output);
            }
            if (!containers) {
                throw usage("docker exec NODE COMMAND", "the nodes are " + nodeNames());
            }
        }
        if (containers) {
            List<String> argv = new ArrayList<>(List.of("docker"));
            argv.addAll(arguments);
            Process process = Command.of(argv).start();
            return Pump.run(new LocalCommand(process, Optional.empty()), output);
        }
        if (verb.equals("ps")) {
            output.write(nodes().getBytes(StandardCharsets.UTF_8));
            return 0;
        }
        throw usage(
                "docker exec NODE COMMAND, or docker ps", "the nodes are not Docker containers");
    }

    /** Removes options such as -i and -t, which have no effect without a terminal. */
    private static List<String> withoutFlags(List<String> words) {
        int start = 0;
        while (start < words.size() && words.get(start).startsWith("-")) {
            start++;
        }
        return words.subList(start, words.size());
    }

    private boolean isNode(String name) throws IOException {
        return cluster.nodes().stream().anyMatch(node -> node.name().equals(name));
    }

    private String nodeNames() throws IOException {
        return String.join(", ", cluster.nodes().stream().map(Node::name).toList());
    }

    private String nodes() throws IOException {
        TextTable table = new TextTable("NAMES", "STATUS", "ADDRESS", "KIND");
        for (Node node : cluster.nodes()) {
            table.row(
                    node.name(),
                    node.ready() ? "Up" : "Up (not Ready)",
                    node.internalIp(),
                    "network namespace");
        }
        return table.toString();
    }

    private static Failure usage(String form, String why) {
        return new Failure(Failure.Kind.USAGE, "docker-here", "here it is: " + form, why, "");
    }
}
