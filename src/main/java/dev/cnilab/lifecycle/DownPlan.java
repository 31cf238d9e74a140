package dev.cnilab.lifecycle;

import static dev.cnilab.lifecycle.FunctionalAction.action;

import dev.cnilab.cluster.NodeNetwork;
import dev.cnilab.cluster.Provider;
import dev.cnilab.cluster.kubeconfig.UserKubeconfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The actions of {@code down}, in order. They do not need the spec.
 *
 * @param force even if this affects other users of the cluster
 */
record DownPlan(LabFolder folder, Provider provider, SysctlLedger sysctls, boolean force) {

    List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        actions.add(unmerge());
        actions.add(deleteCluster());
        provider.network().ifPresent(network -> actions.add(delete(network)));
        actions.add(
                action("restore-sysctls", "Restore host sysctls")
                        .makeBy(progress -> sysctls.release(folder).forEach(progress::note)));
        actions.add(action("delete-state", "Delete lab state").makeBy(progress -> folder.delete()));
        return actions;
    }

    private Action unmerge() {
        return action("unmerge-kubeconfig", "Remove lab from your kubeconfig")
                .makeBy(progress -> UserKubeconfig.of(folder.lab(), folder.path()).unmerge());
    }

    private Action deleteCluster() {
        return action(
                        "delete-cluster",
                        provider.managesNodes() ? "Delete cluster" : "Remove lab from the cluster")
                .makeBy(progress ->
                        provider.deleteCluster(folder.lab(), folder.path(), force, progress::note));
    }

    private Action delete(NodeNetwork network) {
        return action("delete-network", "Delete network")
                .makeBy(progress -> network.delete(folder.lab(), folder.path()));
    }
}
