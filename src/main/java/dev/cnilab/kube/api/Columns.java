package dev.cnilab.kube.api;

import static dev.cnilab.kube.ResourceType.CLUSTER_ROLE;
import static dev.cnilab.kube.ResourceType.CLUSTER_ROLE_BINDING;
import static dev.cnilab.kube.ResourceType.CONFIG_MAP;
import static dev.cnilab.kube.ResourceType.DAEMON_SET;
import static dev.cnilab.kube.ResourceType.DEPLOYMENT;
import static dev.cnilab.kube.ResourceType.ENDPOINTS;
import static dev.cnilab.kube.ResourceType.ENDPOINT_SLICE;
import static dev.cnilab.kube.ResourceType.EVENT;
import static dev.cnilab.kube.ResourceType.LEASE;
import static dev.cnilab.kube.ResourceType.NAMESPACE;
import static dev.cnilab.kube.ResourceType.NODE;
import static dev.cnilab.kube.ResourceType.POD;
import static dev.cnilab.kube.ResourceType.REPLICA_SET;
import static dev.cnilab.kube.ResourceType.ROLE_BINDING;
import static dev.cnilab.kube.ResourceType.SECRET;
import static dev.cnilab.kube.ResourceType.SERVICE;
import static dev.cnilab.kube.ResourceType.SERVICE_ACCOUNT;
import static java.util.Map.entry;

import dev.cnilab.kube.ResourceType;
import java.util.List;
import java.util.Map;

/** The table columns of each kind, from Kubernetes' pkg/printers/internalversion. */
final class Columns {
    private static final Column NAME = shown("Name", Cells.text("/metadata/name"));
    private static final Column AGE = shown("Age", Cells.age("/metadata/creationTimestamp"));

    private static final Map<ResourceType, List<Column>> COLUMNS =
            Map.ofEntries(
                    entry(
                            NODE,
                            List.of(
                                    NAME,
                                    shown("Status", (node, _) -> NodeCells.status(node)),
                                    shown("Roles", (node, _) -> NodeCells.roles(node)),
                                    AGE,
                                    shown("Version", Cells.text("/status/nodeInfo/kubeletVersion")),
                                    wide(
                                            "Internal-IP",
                                            (n, _) -> NodeCells.address(n, "InternalIP")),
                                    wide(
                                            "External-IP",
                                            (n, _) -> NodeCells.address(n, "ExternalIP")),
                                    wide("OS-Image", Cells.text("/status/nodeInfo/osImage")),
                                    wide(
                                            "Kernel-Version",
                                            Cells.text("/status/nodeInfo/kernelVersion")),
                                    wide(
                                            "Container-Runtime",
                                            Cells.text(
                                                    "/status/nodeInfo/containerRuntimeVersion")))),
                    entry(
                            POD,
                            List.of(
                                    NAME,
                                    shown("Ready", (pod, _) -> PodCells.ready(pod)),
                                    shown("Status", (pod, _) -> PodCells.status(pod)),
                                    shown("Restarts", PodCells::restarts),
                                    AGE,
                                    wide("IP", Cells.text("/status/podIP")),
                                    wide("Node", Cells.text("/spec/nodeName")),
                                    wide("Nominated Node", Cells.text("/status/nominatedNodeName")),
                                    wide("Readiness Gates", Cells.constant("<none>")))),
                    entry(
                            NAMESPACE,
                            List.of(NAME, shown("Status", Cells.text("/status/phase")), AGE)),
                    entry(
                            SERVICE,
                            List.of(
                                    NAME,
                                    shown("Type", Cells.text("/spec/type")),
                                    shown("Cluster-IP", Cells.text("/spec/clusterIP")),
                                    shown("External-IP", Cells.constant("<none>")),
                                    shown("Port(s)", (service, _) -> ServiceCells.ports(service)),
                                    AGE,
                                    wide("Selector", Cells.labels("/spec/selector")))),
                    entry(
                            ENDPOINTS,
                            List.of(
                                    NAME,
                                    shown("Endpoints", (e, _) -> ServiceCells.endpoints(e)),
                                    AGE)),
                    entry(
                            ENDPOINT_SLICE,
                            List.of(
                                    NAME,
                                    shown("AddressType", Cells.text("/addressType")),
                                    shown("Ports", Cells.each("/ports", "/port")),
                                    shown("Endpoints", Cells.each("/endpoints", "/addresses/0")),
                                    AGE)),
                    entry(
                            EVENT,
                            List.of(
                                    shown("Last Seen", Cells.age("/lastTimestamp")),
                                    shown("Type", Cells.text("/type")),
                                    shown("Reason", Cells.text("/reason")),
                                    shown(
                                            "Object",
                                            Cells.joined(
                                                    "/",
                                                    Cells.lower("/involvedObject/kind"),
                                                    Cells.text("/involvedObject/name"))),
                                    wide("Subobject", Cells.text("/involvedObject/fieldPath")),
                                    wide("Source", Cells.text("/source/component")),
                                    shown("Message", Cells.text("/message")),
                                    wide("First Seen", Cells.age("/firstTimestamp")),
                                    wide("Count", Cells.number("/count")),
                                    wide("Name", Cells.text("/metadata/name")))),
                    entry(CONFIG_MAP, List.of(NAME, shown("Data", Cells.size("/data")), AGE)),
                    entry(
                            SECRET,
                            List.of(
                                    NAME,
                                    shown("Type", Cells.text("/type")),
                                    shown("Data", Cells.size("/data")),
                                    AGE)),
                    entry(
                            SERVICE_ACCOUNT,
                            List.of(NAME, shown("Secrets", Cells.size("/secrets")), AGE)),
                    entry(
                            DAEMON_SET,
                            List.of(
                                    NAME,
                                    shown(
                                            "Desired",
                                            Cells.number("/status/desiredNumberScheduled")),
                                    shown(
                                            "Current",
                                            Cells.number("/status/currentNumberScheduled")),
                                    shown("Ready", Cells.number("/status/numberReady")),
                                    shown(
                                            "Up-to-date",
                                            Cells.number("/status/updatedNumberScheduled")),
                                    shown("Available", Cells.number("/status/numberAvailable")),
                                    shown(
                                            "Node Selector",
                                            Cells.labels("/spec/template/spec/nodeSelector")),
                                    AGE,
                                    wide("Containers", Cells.containers("/name")),
                                    wide("Images", Cells.containers("/image")),
                                    wide("Selector", Cells.labels("/spec/selector/matchLabels")))),
                    entry(
                            DEPLOYMENT,
                            List.of(
                                    NAME,
                                    shown(
                                            "Ready",
                                            Cells.joined(
                                                    "/",
                                                    Cells.number("/status/readyReplicas"),
                                                    Cells.number("/spec/replicas"))),
                                    shown("Up-to-date", Cells.number("/status/updatedReplicas")),
                                    shown("Available", Cells.number("/status/availableReplicas")),
                                    AGE,
                                    wide("Containers", Cells.containers("/name")),
                                    wide("Images", Cells.containers("/image")),
                                    wide("Selector", Cells.labels("/spec/selector/matchLabels")))),
                    entry(
                            REPLICA_SET,
                            List.of(
                                    NAME,
                                    shown("Desired", Cells.number("/spec/replicas")),
                                    shown("Current", Cells.number("/status/replicas")),
                                    shown("Ready", Cells.number("/status/readyReplicas")),
                                    AGE,
                                    wide("Containers", Cells.containers("/name")),
                                    wide("Images", Cells.containers("/image")),
                                    wide("Selector", Cells.labels("/spec/selector/matchLabels")))),
                    entry(
                            LEASE,
                            List.of(
                                    NAME,
                                    shown("Holder", Cells.text("/spec/holderIdentity")),
                                    AGE)),
                    entry(
                            CLUSTER_ROLE,
                            List.of(
                                    NAME,
                                    shown(
                                            "Created At",
                                            Cells.text("/metadata/creationTimestamp")))),
                    entry(CLUSTER_ROLE_BINDING, List.of(NAME, role(), AGE)),
                    entry(ROLE_BINDING, List.of(NAME, role(), AGE)));

    private Columns() {}

    static List<Column> of(ResourceType type) {
        return COLUMNS.getOrDefault(type, List.of(NAME, AGE));
    }

    private static Column shown(String name, Column.Cell cell) {
        return new Column(name, false, cell);
    }

    private static Column wide(String name, Column.Cell cell) {
        return new Column(name, true, cell);
    }

    private static Column role() {
        return shown(
                "Role",
                Cells.joined("/", Cells.text("/roleRef/kind"), Cells.text("/roleRef/name")));
    }
}
