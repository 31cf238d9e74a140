package dev.cnilab.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cli.render.Age;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.render.ObjectTableText;
import dev.cnilab.cli.render.TextTable;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.NodeContainers;
import dev.cnilab.cluster.ObjectTable;
import dev.cnilab.cluster.Pod;
import dev.cnilab.lifecycle.LabFolder;
import dev.cnilab.lifecycle.LabRecord;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Shows a lab's nodes, pods and tunnel.")
final class StatusCommand implements Callable<Integer> {

    private static final int COMMAND_WIDTH = 20;

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Mixin OutputOption output = new OutputOption();

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        LabFolder folder = context.folder(lab.name);
        try (Cluster cluster = context.cluster(folder)) {
            List<Node> nodes = cluster.nodes();
            String tunnel = cluster.tunnel().map(Tunnel::driver).map(TunnelDriver::text).orElse("");
            Optional<NodeContainers> nodeContainers = cluster.containers();
            List<NodeContainer> containers =
                    nodeContainers.isPresent()
                            ? inOrder(nodeContainers.get().list(), nodes)
                            : List.of();
            List<Pod> pods = cluster.pods();
            String provider = LabRecord.read(folder).provider();
            if (output.json()) {
                OutputOption.print(
                        context.console(),
                        document(folder.lab(), provider, tunnel, containers, nodes, pods));
            } else {
                context.console()
                        .out()
                        .printf(
                                "lab: %s   provider: %s   tunnel: %s%n%n%s%s%n%s",
                                folder.lab(),
                                provider,
                                tunnel.isEmpty() ? "none" : tunnel,
                                containers.isEmpty() ? "" : containerTable(containers) + "\n",
                                table(nodes),
                                ObjectTableText.of(
                                        cluster.table("pods", Optional.empty()).inOrderOf(pods),
                                        true,
                                        StatusCommand::isShown));
            }
        }
        return ExitCode.OK.number();
    }

    private static List<NodeContainer> inOrder(List<NodeContainer> containers, List<Node> nodes) {
        List<String> names = nodes.stream().map(Node::name).toList();
        return containers.stream()
                .sorted(Comparator.comparingInt(each -> names.indexOf(each.name())))
                .toList();
    }

    /** The columns of docker ps. */
    private static TextTable containerTable(List<NodeContainer> containers) {
        TextTable table =
                new TextTable(
                        "CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES");
        for (NodeContainer container : containers) {
            table.row(
                    container.id(),
                    container.image(),
                    '"' + shortened(container.command()) + '"',
                    Age.since(container.created()) + " ago",
                    container.status(),
                    container.ports(),
                    container.name());
        }
        return table;
    }

    /** Shortened as by docker ps. */
    private static String shortened(String command) {
        return command.length() <= COMMAND_WIDTH
                ? command
                : command.substring(0, COMMAND_WIDTH - 1) + "…";
    }

    private static TextTable table(List<Node> nodes) {
        TextTable table =
                new TextTable("NODE", "STATUS", "ROLES", "VERSION", "INTERNAL-IP", "POD-SUBNET");
        for (Node node : nodes) {
            table.row(
                    node.name(),
                    node.ready() ? "Ready" : "NotReady",
                    role(node),
                    node.kubeletVersion(),
                    node.internalIp(),
                    node.podSubnet().map(Object::toString).orElse("<none>"));
        }
        return table;
    }

    /** Of kubectl's wide columns those about the network. */
    private static boolean isShown(ObjectTable.Column column) {
        return !column.wide() || List.of("IP", "Node").contains(column.name());
    }

    private static ObjectNode document(
            String lab,
            String provider,
            String tunnel,
            List<NodeContainer> containers,
            List<Node> nodes,
            List<Pod> pods) {
        ObjectNode document =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", lab)
                        .put("provider", provider)
                        .put("tunnel", tunnel);
        ArrayNode containerList = document.putArray("containers");
        for (NodeContainer container : containers) {
            containerList
                    .addObject()
                    .put("id", container.id())
                    .put("name", container.name())
                    .put("image", container.image())
                    .put("status", container.status())
                    .put("ports", container.ports());
        }
        ArrayNode nodeList = document.putArray("nodes");
        for (Node node : nodes) {
            nodeList.addObject()
                    .put("name", node.name())
                    .put("role", role(node))
                    .put("ready", node.ready())
                    .put("internalIp", node.internalIp().toString())
                    .put("podSubnet", node.podSubnet().map(Object::toString).orElse(null))
                    .put("kubeletVersion", node.kubeletVersion());
        }
        ArrayNode podList = document.putArray("pods");
        for (Pod pod : pods) {
            podList.addObject()
                    .put("namespace", pod.namespace())
                    .put("name", pod.name())
                    .put("node", pod.node().orElse(null))
                    .put("ip", pod.ip().map(Object::toString).orElse(null))
                    .put("phase", pod.phase())
                    .put("ready", pod.ready())
                    .put("restarts", pod.restarts())
                    .put("reason", pod.reason());
        }
        return document;
    }

    private static String role(Node node) {
        return node.role().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
