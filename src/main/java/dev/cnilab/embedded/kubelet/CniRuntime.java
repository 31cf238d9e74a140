package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Executes the plugins of a network in the order of the CNI specification, section 3. Results of
 * ADD are stored for CHECK, DEL and GC.
 */
final class CniRuntime {

    private final CniExec exec;
    private final CniResults results;

    CniRuntime(CniExec exec, CniResults results) {
        this.exec = exec;
        this.results = results;
    }

    /**
     * Attaches a sandbox; after a failure, DEL is executed.
     *
     * @return the last plugin's result
     */
    JsonNode add(CniNetwork network, Attachment attachment) throws CniException {
        try {
            Optional<JsonNode> result = Optional.empty();
            for (ObjectNode plugin : network.plugins()) {
                result =
                        Optional.of(
                                exec.call(
                                        "ADD",
                                        attachment,
                                        config(network, plugin, attachment, result)));
            }
            JsonNode last = result.orElseThrow();
            results.save(network, attachment, last);
            return last;
        } catch (CniException e) {
            try {
                del(network, attachment);
            } catch (CniException undo) {
                e.addSuppressed(undo);
            }
            throw e;
        }
    }

    /** Detaches a sandbox. Every plugin is executed even when one fails. Repeatable. */
    void del(CniNetwork network, Attachment attachment) throws CniException {
        Optional<JsonNode> previous = results.load(network, attachment);
        CniException failure = null;
        for (ObjectNode plugin : network.plugins().reversed()) {
            try {
                exec.call("DEL", attachment, config(network, plugin, attachment, previous));
            } catch (CniException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        results.delete(network, attachment);
    }

    /**
     * Makes the plugins release everything that belongs to none of these attachments (CNI 1.1 and
     * newer).
     */
    void gc(CniNetwork network, Collection<Attachment> valid) throws CniException {
        for (Attachment stale : results.allBut(network, valid)) {
            del(network, stale);
        }
        if (!network.isAtLeast("1.1.0") || network.disableGc()) {
            return;
        }
        ArrayNode attachments = JsonNodeFactory.instance.arrayNode();
        for (Attachment attachment : valid) {
            attachments
                    .addObject()
                    .put("containerID", attachment.containerId())
                    .put("ifname", attachment.ifname());
        }
        for (ObjectNode plugin : network.plugins()) {
            ObjectNode config = named(network, plugin);
            config.set("cni.dev/valid-attachments", attachments);
            exec.call("GC", config);
        }
    }

    private static ObjectNode config(
            CniNetwork network,
            ObjectNode plugin,
            Attachment attachment,
            Optional<JsonNode> previous) {
        ObjectNode config = named(network, plugin);
        previous.ifPresent(result -> config.set("prevResult", result));
        List<String> names =
                attachment
                        .capabilities()
                        .propertyStream()
                        .map(java.util.Map.Entry::getKey)
                        .filter(name -> plugin.path("capabilities").path(name).asBoolean())
                        .toList();
        if (!names.isEmpty()) {
            ObjectNode runtime = config.putObject("runtimeConfig");
            names.forEach(name -> runtime.set(name, attachment.capabilities().path(name)));
        }
        return config;
    }

    private static ObjectNode named(CniNetwork network, ObjectNode plugin) {
        return plugin.deepCopy().put("name", network.name()).put("cniVersion", network.version());
    }
}
