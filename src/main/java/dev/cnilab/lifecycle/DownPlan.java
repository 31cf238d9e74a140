package dev.cnilab.lifecycle;

import static dev.cnilab.lifecycle.ScriptedAction.action;

import dev.cnilab.cluster.Provider;
import dev.cnilab.cluster.kubeconfig.UserKubeconfig;
import java.util.List;

/** What takes a lab down, in order. None of it needs the spec. */
final class DownPlan {

    private DownPlan() {}

    static List<Action> actions(LabFolder folder, Provider provider, SysctlLedger sysctls) {
        String lab = folder.lab();
        return List.of(
                action("unmerge-kubeconfig", "Take the lab out of your kubeconfig")
                        .makeBy(progress -> UserKubeconfig.of(lab, folder.path()).unmerge()),
                action(
                                "delete-cluster",
                                provider.makesNodes()
                                        ? "Delete the cluster"
                                        : "Take the lab out of the cluster")
                        .makeBy(progress ->
                                provider.deleteCluster(lab, folder.path(), progress::note)),
                action("delete-network", "Delete the network")
                        .makeBy(progress -> provider.deleteNetwork(lab, folder.path())),
                action("restore-sysctls", "Put the host's sysctls back")
                        .makeBy(progress -> sysctls.release(folder).forEach(progress::note)),
                action("delete-state", "Delete the lab's state")
                        .makeBy(progress -> folder.delete()));
    }
}
