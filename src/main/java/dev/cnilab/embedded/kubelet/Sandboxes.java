package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.host.NamespaceProcesses;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Creates and removes the sandboxes of one node; their network is set up by the node's CNI plugins.
 */
final class Sandboxes {

    private final NodePlan node;
    private final NodeFiles files;
    private final OwnedNamespaces owned;
    private final CniRuntime cni;

    Sandboxes(NodePlan node, NodeFiles files, OwnedNamespaces owned) {
        this.node = node;
        this.files = files;
        this.owned = owned;
        this.cni =
                new CniRuntime(
                        new CniExec(files, files.enclosure(node.name())),
                        new CniResults(files.here(java.nio.file.Path.of("/var/lib/cni/results"))));
    }

    /** Returns the current network configuration; empty until a CNI is installed. */
    Optional<CniNetwork> network() throws CniException {
        return CniNetwork.first(files.cniConf());
    }

    /** Makes the plugins release sandboxes left by the node's previous run. */
    void collectGarbage() throws CniException {
        Optional<CniNetwork> network = network();
        if (network.isPresent()) {
            cni.gc(network.get(), List.of());
        }
    }

    Sandbox create(ObjectNode pod) throws IOException {
        String id = newId();
        if (pod.path("spec").path("hostNetwork").asBoolean()) {
            return new Sandbox(
                    id, NetNamespace.named(node.name()), node.ipv4().address().toString());
        }
        CniNetwork network =
                network().orElseThrow(() -> new CniException("cni plugin not initialized"));
        String name = name(pod);
        owned.delete(name);
        NetNamespace namespace = owned.ensure(name);
        try {
            loopbackUp(namespace);
            JsonNode result = cni.add(network, attachment(pod, id, namespace));
            return new Sandbox(id, namespace, address(result));
        } catch (IOException | RuntimeException e) {
            owned.delete(name);
            throw e;
        }
    }

    /** Detaches the sandbox and removes it with its processes. Repeatable. */
    void remove(ObjectNode pod, Sandbox sandbox) throws IOException {
        if (sandbox.network().name().equals(node.name())) {
            return;
        }
        NamespaceProcesses.end(List.of(sandbox.network()), Duration.ofSeconds(1));
        Optional<CniNetwork> network = network();
        if (network.isPresent()) {
            cni.del(network.get(), attachment(pod, sandbox.id(), sandbox.network()));
        }
        owned.delete(sandbox.network().name());
    }

    private String name(ObjectNode pod) {
        return node.name() + "." + ObjectMeta.namespace(pod) + "." + ObjectMeta.name(pod);
    }

    private static Attachment attachment(ObjectNode pod, String id, NetNamespace namespace)
            throws ContainerException {
        return PodNetwork.attachment(
                pod, id, Optional.of(namespace.path().toString()).filter(p -> namespace.exists()));
    }

    private static String address(JsonNode result) throws CniException {
        String address = result.path("ips").path(0).path("address").asText();
        if (address.isEmpty()) {
            throw new CniException("the CNI result has no address: " + result);
        }
        return address.replaceFirst("/.*", "");
    }

    private static void loopbackUp(NetNamespace namespace) throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            Links links = new Links(connection);
            links.up(links.get("lo").index());
        }
    }

    /** Returns 64 hexadecimal digits, as common runtimes use. */
    private static String newId() {
        byte[] bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
