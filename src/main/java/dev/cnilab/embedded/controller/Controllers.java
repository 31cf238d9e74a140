package dev.cnilab.embedded.controller;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * All controllers of a cluster. Start them before the first node registers: {@link #start()} also
 * adds the admission of Nodes, Services and workloads to the store.
 */
public final class Controllers implements AutoCloseable {

    private final Store store;
    private final ControllerSettings settings;
    private final List<ReconcileLoop> loops = new ArrayList<>();

    public Controllers(Store store, ControllerSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** Creates the initial objects and starts the controllers. Callable once. */
    public void start() {
        NodeIpam ipam =
                new NodeIpam(store, settings, new EventRecorder(store, "controller-manager"));
        admit(ipam);
        new Bootstrap(store, settings).run();
        for (Reconciler reconciler : reconcilers(ipam)) {
            loops.add(new ReconcileLoop(store, reconciler));
        }
    }

    private void admit(NodeIpam ipam) {
        store.admission(ResourceType.NODE, ipam::assign);
        store.admission(ResourceType.NODE, NodeTaints::apply);
        store.admission(ResourceType.SERVICE, new ServiceAllocator(store, settings)::assign);
    }

    private List<Reconciler> reconcilers(NodeIpam ipam) {
        return List.of(
                ipam,
                new NamespaceContents(store, settings.caCertificate()),
                new Scheduler(store, new EventRecorder(store, "default-scheduler")),
                new DaemonSets(store, new EventRecorder(store, "daemonset-controller")),
                new Deployments(store, new EventRecorder(store, "deployment-controller")),
                new ReplicaSets(store, new EventRecorder(store, "replicaset-controller")),
                new ServiceEndpoints(store),
                new GarbageCollector(store),
                new OrphanedPods(store));
    }

    @Override
    public void close() {
        loops.forEach(ReconcileLoop::close);
    }
}
