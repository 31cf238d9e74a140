package dev.cnilab.embedded.kubelet;

import dev.cnilab.embedded.controller.EventRecorder;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.embedded.node.NodePlan;
import dev.cnilab.image.OwnImage;
import dev.cnilab.kube.Store;

/** The context shared by all parts of one kubelet. */
record NodeContext(
        NodePlan plan,
        NodeFiles files,
        Store store,
        EventRecorder events,
        Sandboxes sandboxes,
        OwnImage image,
        KubeletSettings settings) {}
