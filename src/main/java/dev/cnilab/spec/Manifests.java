package dev.cnilab.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.spec.CniSpec.ExternalInterface;
import dev.cnilab.spec.yaml.PlainYaml;
import dev.cnilab.spec.yaml.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Renders a lab's Kubernetes objects as YAML.
 *
 * @param image of lab: agent, installer, demo
 */
public record Manifests(LabSpec spec, String image) {

    /** The agent's health port on the nodes' loopback; not used by Kubernetes or common CNIs. */
    private static final int HEALTHZ_PORT = 19871;

    /** The tutorial's; in Kubernetes' default range, 30000 to 32767. */
    private static final String NODE_PORT = "32000";

    /** Returns the CNI's objects; empty for a CNI that consists of files on the nodes. */
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

    /** Returns one YAML text per workload, in the order of the file. */
    public List<String> workloads() {
        return spec.workloads().stream().map(this::render).toList();
    }

    /**
     * Parses the objects of a multi-document YAML text; empty documents are left out.
     *
     * @throws IllegalArgumentException with the position of invalid YAML, or of a document that is
     *     not an object
     */
    public static List<ObjectNode> objects(String yaml) {
        return PlainYaml.objects(yaml);
    }

    /**
     * Has each object of the workloads checked.
     *
     * @param check reports an object's problems
     * @throws SpecException with all problems
     */
    public void check(Consumer<ManifestObject> check) throws SpecException {
        Problems problems = new Problems("");
        for (WorkloadSpec workload : spec.workloads()) {
            objects(workload, problems).forEach(check);
        }
        if (!problems.isEmpty()) {
            throw new SpecException(problems.all());
        }
    }

    /**
     * Parses a workload's objects.
     *
     * @throws IllegalArgumentException naming every variable without a value
     */
    List<ManifestObject> objects(WorkloadSpec workload, Problems problems) {
        return ManifestObject.read(render(workload), problems.in(workload.manifest().file()));
    }

    private String render(WorkloadSpec workload) {
        Map<String, String> values = values();
        values.putAll(workload.values());
        return workload.manifest().render(values);
    }

    /** Returns the variables of every manifest. */
    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        values.put("lab", spec.name());
        values.put("image", image);
        values.put("podSubnet", spec.kubernetes().podSubnet().toString());
        values.put("nodePort", NODE_PORT);
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

    /** Builds flannel's net-conf.json. */
    private static ObjectNode netConf(CniSpec.Ipip cni) {
        ObjectNode conf = JsonNodeFactory.instance.objectNode();
        conf.put("Network", cni.network().toString());
        conf.putObject("Backend").put("Type", "ipip").put("DirectRouting", cni.directRouting());
        return conf;
    }

    /** Returns flanneld's option, which the agent has, too. */
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
