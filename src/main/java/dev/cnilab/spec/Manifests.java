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
            case CniSpec.LabIpip ipip -> Optional.of(bundled("lab-ipip", values(ipip)));
            case CniSpec.Flannel flannel -> Optional.of(bundled("flannel", values(flannel)));
        };
    }

    private static String bundled(String manifest, Map<String, String> values) {
        return new ManifestFolder(Optional.empty()).find(manifest).render(values);
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
        ObjectNode conf = netConf(cni);
        cni.mtu().ifPresent(mtu -> conf.put("MTU", mtu));
        ArrayNode args =
                JsonNodeFactory.instance
                        .arrayNode()
                        .add("agent")
                        .add("--ip-masq=" + cni.masquerade())
                        .add("--healthz-port=" + HEALTHZ_PORT)
                        .add("--conf-dir=/etc/cni/net.d")
                        .add("--conflist=/etc/kube-flannel/cni-conf.json");
        interfaceOption(cni).ifPresent(args::add);
        Map<String, String> values = values();
        values.put("netConf", conf.toString());
        values.put("healthzPort", String.valueOf(HEALTHZ_PORT));
        values.put("agentArgs", args.toString());
        return values;
    }

    private Map<String, String> values(CniSpec.Flannel cni) {
        ArrayNode args =
                JsonNodeFactory.instance
                        .arrayNode()
                        .add("--ip-masq=" + cni.masquerade())
                        .add("--kube-subnet-mgr");
        interfaceOption(cni).ifPresent(args::add);
        Map<String, String> values = values();
        values.put("netConf", netConf(cni).toString());
        values.put("flanneldArgs", args.toString());
        values.put("flannelImage", cni.image());
        values.put("pluginImage", cni.pluginImage());
        return values;
    }

    /** flannel's net-conf.json. */
    private static ObjectNode netConf(CniSpec.Ipip cni) {
        ObjectNode conf = JsonNodeFactory.instance.objectNode();
        conf.put("Network", cni.network().toString());
        conf.putObject("Backend").put("Type", "ipip").put("DirectRouting", cni.directRouting());
        return conf;
    }

    /** flanneld's option; the agent has the same. */
    private static Optional<String> interfaceOption(CniSpec.Ipip cni) {
        return switch (cni.externalInterface()) {
            case ExternalInterface.DefaultRoute() -> Optional.empty();
            case ExternalInterface.Named(String name) -> Optional.of("--iface=" + name);
            case ExternalInterface.Matching(String regex) -> Optional.of("--iface-regex=" + regex);
            case ExternalInterface.CanReach(Ipv4Address to) ->
                    Optional.of("--iface-can-reach=" + to);
        };
    }
}
