package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * A network interface of a sandbox: the unit that CNI adds and deletes.
 *
 * @param netns absolute path; empty on DEL when the namespace is gone
 * @param args for CNI_ARGS
 * @param capabilities runtime configuration by capability, for the plugins that declare it
 */
record Attachment(
        String containerId,
        Optional<String> netns,
        String ifname,
        Map<String, String> args,
        ObjectNode capabilities) {}
