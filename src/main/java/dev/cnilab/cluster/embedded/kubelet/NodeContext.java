package dev.cnilab.cluster.embedded.kubelet;

import dev.cnilab.cluster.embedded.controller.EventRecorder;
import dev.cnilab.cluster.embedded.image.OwnImage;
import dev.cnilab.cluster.embedded.node.NodeFiles;
import dev.cnilab.cluster.embedded.node.NodePlan;
import dev.cnilab.kube.Store;

/** What everything that one kubelet does has in common. */
record NodeContext(
        NodePlan plan,
        NodeFiles files,
        Store store,
        EventRecorder events,
        Sandboxes sandboxes,
        OwnImage image,
        KubeletSettings settings) {}
