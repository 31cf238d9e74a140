package dev.cnilab.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.spec.CniSpec.ExternalInterface;
import dev.cnilab.spec.yaml.PlainYaml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lab's Kubernetes objects, as YAML ready to apply.
 *
 * @param image of the program itself: agent, installer, demo
 */
public record Manifests(LabSpec spec, String image) {

    /** Of the nodes' loopback; free in the list of the ports that Kubernetes and CNIs use. */
    private static final int HEALTHZ_PORT = 19871;

    /** The CNI's objects; empty for one that is only files on the nodes. */
    public Optional<String> cni() {
        return switch (spec.cni()) {
            case CniSpec.Conflist _ -> Optional.empty();
            case CniSpec.LabIpip ipip ->
                    Optional.of(
                            new ManifestFolder(Optional.empty())
                                    .find("lab-ipip")
                                    .render(values(ipip)));
        };
    }

    /** One text for each workload, in the order of the file. */
    public List<String> workloads() {
        return spec.workloads().stream().map(this::render).toList();
    }

    /**
     * The objects of a multi-document YAML text; empty documents are left out.
     *
     * @throws IllegalArgumentException saying where it is not YAML, or not objects
     */
    public static List<ObjectNode> objects(String yaml) {
        return PlainYaml.objects(yaml);
    }

    String render(WorkloadSpec workload) {
        Map<String, String> values = values();
        values.putAll(workload.values());
        return workload.manifest().render(values);
    }

    /** The variables that every manifest may use. */
    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        values.put("lab", spec.name());
        values.put("image", image);
        values.put("podSubnet", spec.kubernetes().podSubnet().toString());
        values.put("serviceSubnet", spec.kubernetes().serviceSubnet().toString());
        return values;
    }

    private Map<String, String> values(CniSpec.LabIpip cni) {
        Map<String, String> values = values();
        values.put("netConf", netConf(cni).toString());
        values.put("healthzPort", String.valueOf(HEALTHZ_PORT));
        values.put("agentArgs", agentArgs(cni).toString());
        return values;
    }

    /** flannel's net-conf.json, with MTU added. */
    private static ObjectNode netConf(CniSpec.LabIpip cni) {
        ObjectNode conf = JsonNodeFactory.instance.objectNode();
        conf.put("Network", cni.network().toString());
        cni.mtu().ifPresent(mtu -> conf.put("MTU", mtu));
        conf.putObject("Backend").put("Type", "ipip").put("DirectRouting", cni.directRouting());
        return conf;
    }

    /** flanneld's options; as JSON, which is YAML too. */
    private static ArrayNode agentArgs(CniSpec.LabIpip cni) {
        ArrayNode args = JsonNodeFactory.instance.arrayNode();
        args.add("agent")
                .add("--ip-masq=" + cni.masquerade())
                .add("--healthz-port=" + HEALTHZ_PORT)
                .add("--conf-dir=/etc/cni/net.d")
                .add("--conflist=/etc/kube-flannel/cni-conf.json");
        switch (cni.externalInterface()) {
            case ExternalInterface.DefaultRoute() -> {}
            case ExternalInterface.Named(String name) -> args.add("--iface=" + name);
            case ExternalInterface.Matching(String regex) -> args.add("--iface-regex=" + regex);
            case ExternalInterface.CanReach(Ipv4Address to) -> args.add("--iface-can-reach=" + to);
        }
        return args;
    }
}
