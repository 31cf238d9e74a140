package dev.cnilab.embedded.kubelet;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cluster.Node;
import dev.cnilab.embedded.controller.Conditions;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import java.time.Duration;
import java.time.Instant;

/** Registers the Node object, then updates its status. */
final class NodeRegistration implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(NodeRegistration.class.getName());

    /** How often the CNI's configuration is checked, which only reads one directory. */
    private static final Duration CNI_CHECK = Duration.ofMillis(200);

    /** Kubernetes' nodeStatusUpdateFrequency. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    private final NodeContext node;
    private final NodeLease lease;
    private final Thread thread;

    NodeRegistration(NodeContext node) {
        this.node = node;
        this.lease = new NodeLease(node.store(), node.plan().name());
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("node-" + node.plan().name())
                        .unstarted(this::report);
    }

    void start() {
        if (node.store().get(ResourceType.NODE, "", node.plan().name()).isEmpty()) {
            node.store().create(ResourceType.NODE, object());
        }
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private ObjectNode object() {
        boolean controlPlane = node.plan().role() == Node.Role.CONTROL_PLANE;
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = object.putObject("metadata").put("name", node.plan().name());
        ObjectNode labels =
                metadata.putObject("labels")
                        .put("kubernetes.io/hostname", node.plan().name())
                        .put("kubernetes.io/os", "linux")
                        .put("kubernetes.io/arch", architecture());
        ObjectNode spec = object.putObject("spec");
        spec.put("providerID", "lab://" + node.plan().name());
        if (controlPlane) {
            labels.put(CONTROL_PLANE, "");
            spec.putArray("taints")
                    .addObject()
                    .put("key", CONTROL_PLANE)
                    .put("effect", "NoSchedule");
        }
        return status(object, problem());
    }

    private void report() {
        try {
            String reported = "";
            Instant beat = Instant.EPOCH;
            while (true) {
                String problem = problem();
                Instant now = Instant.now();
                if (!problem.equals(reported) || beat.plus(HEARTBEAT).isBefore(now)) {
                    write(problem);
                    reported = problem;
                    beat = now;
                }
                Thread.sleep(CNI_CHECK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String problem) {
        try {
            node.store()
                    .updateStatus(
                            ResourceType.NODE,
                            "",
                            node.plan().name(),
                            current -> status(current, problem));
            lease.renew();
        } catch (RuntimeException e) {
            // The Node was deleted; the next heartbeat tries again.
            LOG.log(WARNING, "no status for node " + node.plan().name(), e);
        }
    }

    /** Returns why pods cannot have a network; empty when they can. */
    private String problem() {
        try {
            return node.sandboxes().network().isPresent()
                    ? ""
                    : "container runtime network not ready: NetworkReady=false"
                            + " reason:NetworkPluginNotReady message:cni plugin not initialized";
        } catch (CniException e) {
            return "container runtime network not ready: " + e.getMessage();
        }
    }

    private ObjectNode status(ObjectNode object, String problem) {
        ObjectNode status = object.withObject("/status");
        ObjectNode addresses = status.putArray("addresses").addObject();
        addresses.put("type", "InternalIP").put("address", node.plan().ipv4().address().toString());
        status.withArrayProperty("addresses")
                .addObject()
                .put("type", "Hostname")
                .put("address", node.plan().name());
        for (String field : new String[] {"capacity", "allocatable"}) {
            status.putObject(field)
                    .put("cpu", Integer.toString(Runtime.getRuntime().availableProcessors()))
                    .put("memory", MachineInfo.memoryKib() + "Ki")
                    .put("pods", "250");
        }
        status.putObject("nodeInfo")
                .put("kubeletVersion", node.settings().kubernetesVersion())
                .put("kubeProxyVersion", node.settings().kubernetesVersion())
                .put("containerRuntimeVersion", "lab://" + node.settings().labVersion())
                .put("osImage", MachineInfo.osName())
                .put("kernelVersion", System.getProperty("os.version"))
                .put("operatingSystem", "linux")
                .put("architecture", architecture())
                .put("machineID", "")
                .put("systemUUID", "")
                .put("bootID", "");
        pressure(object, "MemoryPressure", "KubeletHasSufficientMemory");
        pressure(object, "DiskPressure", "KubeletHasNoDiskPressure");
        pressure(object, "PIDPressure", "KubeletHasSufficientPID");
        if (problem.isEmpty()) {
            Conditions.set(
                    object, "Ready", "True", "KubeletReady", "kubelet is posting ready status");
        } else {
            Conditions.set(object, "Ready", "False", "KubeletNotReady", problem);
        }
        String now = ObjectMeta.timestamp(Instant.now());
        status.path("conditions")
                .forEach(
                        condition -> condition.<ObjectNode>require().put("lastHeartbeatTime", now));
        return object;
    }

    private static void pressure(ObjectNode object, String type, String reason) {
        Conditions.set(object, type, "False", reason, "");
    }

    /** Returns Go's name of the architecture. */
    private static String architecture() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }
}
