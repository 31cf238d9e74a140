package dev.cnilab.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
        values.put("network", cni.network().toString());
        values.put("directRouting", String.valueOf(cni.directRouting()));
        values.put("mtu", String.valueOf(cni.mtu().orElse(0)));
        values.put("masquerade", String.valueOf(cni.masquerade()));
        ExternalInterface link = cni.externalInterface();
        values.put("iface", json(link instanceof ExternalInterface.Named(var name) ? name : ""));
        values.put(
                "ifaceRegex",
                json(link instanceof ExternalInterface.Matching(var regex) ? regex : ""));
        values.put(
                "ifaceCanReach",
                json(link instanceof ExternalInterface.CanReach(var to) ? to.toString() : ""));
        return values;
    }

    private static String json(String text) {
        return TextNode.valueOf(text).toString();
    }
}
