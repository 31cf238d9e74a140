package dev.cnilab.embedded.preflight;

import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import dev.cnilab.preflight.ScratchNamespace;
import java.io.IOException;

/** Checks that network namespaces, the embedded cluster's nodes and pods, can be created. */
record NetworkNamespaces() implements Inspection {

    @Override
    public Finding inspect() {
        try {
            ScratchNamespace.refusal(namespace -> {});
            return new Finding.Ok("can be created");
        } catch (IOException e) {
            return new Finding.Missing(
                    String.valueOf(e.getMessage()),
                    "nodes and pods of the embedded cluster are network namespaces",
                    "run as root; in a container, use --privileged; sysctl"
                            + " user.max_net_namespaces must not be 0");
        }
    }
}
