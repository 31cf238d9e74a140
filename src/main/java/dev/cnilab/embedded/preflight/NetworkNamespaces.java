package dev.cnilab.embedded.preflight;

import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import dev.cnilab.preflight.ScratchNamespace;
import java.io.IOException;

/** What nodes and pods of the embedded cluster are. */
record NetworkNamespaces() implements Inspection {

    @Override
    public Finding inspect() {
        try {
            ScratchNamespace.refusal(namespace -> {});
            return new Finding.Ok("can be made");
        } catch (IOException e) {
            return new Finding.Missing(
                    String.valueOf(e.getMessage()),
                    "nodes and pods of the embedded cluster are network namespaces",
                    "run it as root; in a container give it --privileged; sysctl"
                            + " user.max_net_namespaces must not be 0");
        }
    }
}
