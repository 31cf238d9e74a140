package dev.cnilab.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Failure;
import dev.cnilab.kind.KindConfig;
import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.NetworkSpec;
import dev.cnilab.spec.ShellWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates a bash script that creates a lab with docker, kind and kubectl. */
public final class ByHandScript {

    private static final String END = "END-OF-FILE";

    private final LabSpec spec;
    private final Manifests manifests;

    private ByHandScript(LabSpec spec, String image) {
        this.spec = spec;
        this.manifests = new Manifests(spec, image);
    }

    /**
     * Generates the script.
     *
     * @param image the image's name in the manifests
     * @throws Failure when the lab's CNI is not installed by a manifest
     */
    public static String of(LabSpec spec, String image) throws IOException {
        return new ByHandScript(spec, image).text();
    }

    private String text() throws IOException {
        return Stream.of(
                        header(),
                        sysctls(),
                        network(),
                        cluster(),
                        taints(),
                        recorder(),
                        image(),
                        bridge(),
                        cni(),
                        workloads())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String header() {
        return """
        #!/usr/bin/env bash
        # Creates the lab %1$s with docker, kind and kubectl, as lab up --provider kind does.
        # Written by: lab export script
        #
        # Before:  lab image save image.tar
        # Use:     ./%1$s.sh image.tar        NODE_IMAGE=... selects another node image
        # Undo:    kind delete cluster --name %1$s; docker network rm %2$s
        set -euo pipefail
        image=${1:?usage: $0 IMAGE.tar, written by lab image save}
        export KUBECONFIG=$PWD/%1$s.kubeconfig
        """
                .formatted(spec.name(), ShellWords.quote(spec.network().name()));
    }

    private String sysctls() {
        if (spec.host().sysctls().isEmpty()) {
            return "";
        }
        String raises =
                spec.host().sysctls().entrySet().stream()
                        .map(each ->
                                "raise " + ShellWords.quote(each.getKey()) + " " + each.getValue())
                        .collect(Collectors.joining("\n"));
        return """
        # Minimum values: only lower ones are raised.
        raise() {
          if [ "$(sysctl -n "$1")" -lt "$2" ]; then sysctl -w "$1=$2"; fi
        }
        """
                + raises
                + "\n";
    }

    private String network() {
        NetworkSpec network = spec.network();
        return """
        # The nodes' network, unless it exists. kind uses the network with this name.
        export KIND_EXPERIMENTAL_DOCKER_NETWORK=%1$s
        if ! docker network inspect %1$s >/dev/null 2>&1; then
          docker network create --driver bridge \\
            --subnet %2$s --gateway %3$s \\
            --ipv6 --subnet %4$s --gateway %5$s \\
            --opt com.docker.network.bridge.enable_ip_masquerade=true %1$s
        fi
        """
                .formatted(
                        ShellWords.quote(network.name()),
                        network.ipv4().subnet(),
                        network.ipv4().gateway(),
                        network.ipv6().subnet(),
                        network.ipv6().gateway().address());
    }

    private String cluster() throws Failure {
        return "kind create cluster --kubeconfig \"$KUBECONFIG\" ${NODE_IMAGE:+--image \"$NODE_IMAGE\"}"
                + " --config - "
                + hereDocument(KindConfig.of(spec))
                + "mapfile -t nodes < <(kind get nodes --name "
                + spec.name()
                + ")\n";
    }

    private String taints() {
        return spec.kubernetes().untaint()
                ? """
                # Pods may run on the control plane; before Kubernetes 1.24 its taint had another name.
                for taint in control-plane master; do
                  kubectl taint nodes --all "node-role.kubernetes.io/$taint:NoSchedule-" 2>/dev/null || true
                done
                """
                : "";
    }

    private String recorder() {
        List<String> words = List.of(spec.recorder().command().split("\\s+"));
        return """
        # Records the node's netlink events, starting before the CNI is installed.
        docker exec --detach %s sh -c 'file=$1; shift; exec "$@" >"$file" 2>&1' sh %s %s
        """
                .formatted(
                        spec.nodeNames(spec.recorder().node()).getFirst(),
                        ShellWords.quote(spec.recorder().file()),
                        words.stream().map(ShellWords::quote).collect(Collectors.joining(" ")));
    }

    private String image() {
        return """
        # The image of agent and demo, into all nodes at once.
        loads=()
        for node in "${nodes[@]}"; do
          docker exec --interactive "$node" ctr --namespace k8s.io images import - <"$image" >/dev/null &
          loads+=($!)
        done
        for load in "${loads[@]}"; do wait "$load"; done
        """;
    }

    private String bridge() {
        if (!(spec.cni() instanceof CniSpec.Flannel flannel)) {
            return "";
        }
        return """
        # The plugin of containernetworking-plugins that flannel calls and kind's nodes lack.
        bridge=${BRIDGE_PLUGIN:-%s}
        for node in "${nodes[@]}"; do docker cp "$bridge" "$node:/opt/cni/bin/bridge"; done
        """
                .formatted(
                        ShellWords.quote(
                                flannel.bridge()
                                        .map(Object::toString)
                                        .orElse("/usr/lib/cni/bridge")));
    }

    private String cni() throws Failure {
        String objects =
                manifests
                        .cni()
                        .orElseThrow(() ->
                                new Failure(
                                        Failure.Kind.USAGE,
                                        "no-script-for-conflist",
                                        "no script exists for a lab with cni.type conflist",
                                        "its conflist differs between nodes",
                                        "use lab up, or cni.type lab-ipip or flannel"));
        return apply("# The CNI.", objects)
                + rollouts(objects)
                + "kubectl wait --for=condition=Ready nodes --all --timeout=180s\n";
    }

    private String workloads() {
        List<String> parts = new ArrayList<>();
        for (String objects : manifests.workloads()) {
            parts.add(apply("# The workloads.", objects) + rollouts(objects));
        }
        return String.join("\n", parts);
    }

    /**
     * Applies on the client side: Kubernetes 1.20's server-side apply rejects a port without a
     * protocol.
     */
    private static String apply(String comment, String objects) {
        return "%s\nkubectl apply -f - %s".formatted(comment, hereDocument(objects));
    }

    /**
     * Returns a quoted here-document, in which the shell expands nothing, with a delimiter that the
     * text does not contain.
     */
    private static String hereDocument(String text) {
        String end = END;
        while (text.contains(end)) {
            end += "-";
        }
        return "<<'%s'\n%s%s%s\n".formatted(end, text, text.endsWith("\n") ? "" : "\n", end);
    }

    private static String rollouts(String objects) {
        StringBuilder waits = new StringBuilder();
        for (ObjectNode object : Manifests.objects(objects)) {
            String kind = object.path("kind").asText();
            if (kind.equals("DaemonSet") || kind.equals("Deployment")) {
                waits.append(
                        "kubectl rollout status %s/%s --namespace %s --timeout=180s%n"
                                .formatted(
                                        kind.toLowerCase(Locale.ROOT),
                                        object.at("/metadata/name").asText(),
                                        object.at("/metadata/namespace").asText("default")));
            }
        }
        return waits.toString();
    }
}
