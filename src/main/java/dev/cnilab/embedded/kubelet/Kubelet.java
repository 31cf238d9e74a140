package dev.cnilab.embedded.kubelet;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.controller.EventRecorder;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.host.OwnedNamespaces;
import dev.cnilab.image.OwnImage;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.Watch;
import dev.cnilab.kube.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kubelet of one node: registers the node, and runs the pods that are bound to it. */
public final class Kubelet implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Kubelet.class.getName());

    private final NodeContext node;
    private final NodeRegistration registration;

    /** Workers by "namespace/name": at most one pod of a name exists at a time. */
    private final Map<String, PodWorker> workers = new HashMap<>();

    private @Nullable Watch watch;

    /**
     * Creates the kubelet.
     *
     * @param owned the lab's namespaces, to which those of the node's pods are added
     */
    public Kubelet(
            NodePlan plan,
            NodeFiles files,
            OwnedNamespaces owned,
            Store store,
            OwnImage image,
            KubeletSettings settings) {
        this.node =
                new NodeContext(
                        plan,
                        files,
                        store,
                        new EventRecorder(store, "kubelet"),
                        new Sandboxes(plan, files, owned),
                        image,
                        settings);
        this.registration = new NodeRegistration(node);
    }

    public void start() {
        try {
            node.sandboxes().collectGarbage();
        } catch (CniException e) {
            LOG.log(WARNING, "leftovers of the previous run of " + node.plan().name() + " left", e);
        }
        registration.start();
        watch = node.store().watch(this::accept, ResourceType.POD);
    }

    synchronized Optional<PodWorker> worker(String namespace, String pod) {
        return Optional.ofNullable(workers.get(namespace + "/" + pod));
    }

    private synchronized void accept(WatchEvent event) {
        ObjectNode pod = event.object();
        String key = ObjectMeta.namespace(pod) + "/" + ObjectMeta.name(pod);
        PodWorker known = workers.get(key);
        boolean same = known != null && known.uid().equals(ObjectMeta.uid(pod));
        if (event.type() == WatchEvent.Type.DELETED) {
            if (known != null && same) {
                known.delete(Duration.ZERO);
            }
        } else if (known != null && same) {
            known.update(pod);
        } else if (pod.path("spec").path("nodeName").asText().equals(node.plan().name())
                && !finished(pod)) {
            PodWorker worker = new PodWorker(node, pod, Optional.ofNullable(known), this::forget);
            workers.put(key, worker);
            worker.start();
            worker.update(pod);
        }
    }

    private synchronized void forget(PodWorker worker) {
        workers.values().remove(worker);
    }

    private static boolean finished(ObjectNode pod) {
        String phase = pod.path("status").path("phase").asText();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Stops all pods with a short grace period. */
    @Override
    public void close() {
        registration.close();
        if (watch != null) {
            watch.close();
        }
        List<PodWorker> running;
        synchronized (this) {
            running = new ArrayList<>(workers.values());
        }
        running.forEach(worker -> worker.delete(Duration.ofSeconds(1)));
        try {
            for (PodWorker worker : running) {
                worker.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
