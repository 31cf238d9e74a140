package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.NodeFileWriter;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.Variable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Installs the spec's CNI on all nodes: the bundled one as a DaemonSet, others as files. */
final class CniInstallation {

    private static final String CONF_DIR = "/etc/cni/net.d/";
    private static final String BIN_DIR = "/opt/cni/bin/";

    private final LabSpec spec;
    private final Manifests manifests;
    private final Downloads downloads;

    CniInstallation(LabSpec spec, Manifests manifests, Downloads downloads) {
        this.spec = spec;
        this.manifests = manifests;
        this.downloads = downloads;
    }

    String description() {
        return switch (spec.cni()) {
            case CniSpec.LabIpip _ -> "lab-ipip";
            case CniSpec.Flannel _ -> "flannel";
            case CniSpec.Conflist conflist -> conflist.file();
        };
    }

    /** Whether nodes that join later get it automatically, as by a DaemonSet. */
    boolean reachesLaterNodes() {
        return switch (spec.cni()) {
            case CniSpec.LabIpip _ -> true;
            case CniSpec.Flannel _, CniSpec.Conflist _ -> false;
        };
    }

    boolean isInstalled(Cluster cluster) throws IOException {
        return switch (spec.cni()) {
            case CniSpec.Ipip _ -> cluster.objects().applied(manifests.cni().orElse(""));
            case CniSpec.Conflist _ -> cluster.nodes().stream().allMatch(Node::ready);
        };
    }

    void install(Cluster cluster, Consumer<String> progress) throws IOException {
        switch (spec.cni()) {
            case CniSpec.LabIpip _ -> cluster.objects().apply(manifests.cni().orElse(""));
            case CniSpec.Flannel flannel -> {
                byte[] bridge = BridgePlugin.program(flannel, downloads, progress);
                NodeFileWriter files = files(cluster);
                for (Node node : cluster.nodes()) {
                    files.write(node.name(), BIN_DIR + BridgePlugin.NAME, bridge, true);
                }
                cluster.objects().apply(manifests.cni().orElse(""));
            }
            case CniSpec.Conflist conflist -> copy(conflist, cluster);
        }
    }

    /** Copies the plugins before the conflist, which makes the runtime use them. */
    private void copy(CniSpec.Conflist conflist, Cluster cluster) throws IOException {
        List<Path> plugins;
        try (Stream<Path> all = Files.list(conflist.binDir())) {
            plugins = all.filter(Files::isExecutable).filter(Files::isRegularFile).toList();
        }
        NodeFileWriter files = files(cluster);
        for (Node node : cluster.nodes()) {
            for (Path plugin : plugins) {
                files.write(
                        node.name(),
                        BIN_DIR + plugin.getFileName(),
                        Files.readAllBytes(plugin),
                        true);
            }
            byte[] text = text(conflist, node).getBytes(StandardCharsets.UTF_8);
            files.write(node.name(), CONF_DIR + conflist.file(), text, false);
        }
    }

    private NodeFileWriter files(Cluster cluster) throws Failure {
        return cluster.nodeFiles()
                .orElseThrow(() ->
                        new Failure(
                                Failure.Kind.PROVIDER,
                                "no-files-on-nodes",
                                "lab does not copy files to the nodes of an existing cluster",
                                "the CNI " + description() + " needs files on every node",
                                "copy them there yourself, or use cni.type lab-ipip, which installs"
                                        + " itself"));
    }

    private String text(CniSpec.Conflist conflist, Node node) throws IOException {
        Map<String, String> values = values(node);
        for (String variable : conflist.text().variables()) {
            if (!values.containsKey(variable)) {
                throw new IOException(
                        "${"
                                + variable
                                + "} in "
                                + conflist.file()
                                + " has no value before the"
                                + " CNI is installed; known: "
                                + new TreeSet<>(values.keySet()));
            }
        }
        return conflist.text().fill(variable -> values.getOrDefault(variable, ""));
    }

    /** The template's values of a node without CNI. */
    private Map<String, String> values(Node node) throws IOException {
        Ipv4Prefix subnet =
                node.podSubnet()
                        .orElseThrow(() -> new IOException(node.name() + " has no podCIDR"));
        Ipv4Prefix pods = spec.kubernetes().podSubnet();
        Map<Variable, String> values = new EnumMap<>(Variable.class);
        values.put(Variable.LAB_NAME, spec.name());
        values.put(Variable.POD_SUBNET, pods.toString());
        values.put(Variable.POD_SUBNET_ADDRESS, pods.address().toString());
        values.put(Variable.POD_SUBNET_NETMASK, pods.netmask().toString());
        values.put(Variable.SERVICE_SUBNET, spec.kubernetes().serviceSubnet().toString());
        values.put(Variable.NODE_NAME, node.name());
        values.put(Variable.NODE_IP, node.internalIp().toString());
        values.put(Variable.NODE_SUBNET, subnet.toString());
        values.put(Variable.NODE_SUBNET_ADDRESS, subnet.address().toString());
        values.put(Variable.NODE_SUBNET_NETMASK, subnet.netmask().toString());
        values.put(Variable.NODE_SUBNET_LENGTH, String.valueOf(subnet.length()));
        values.put(Variable.NODE_GATEWAY, subnet.host(1).toString());
        return values.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().text(), Map.Entry::getValue));
    }
}
