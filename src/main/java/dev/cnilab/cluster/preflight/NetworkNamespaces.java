package dev.cnilab.cluster.preflight;

import java.io.IOException;

/** What nodes and pods of the embedded cluster are. */
record NetworkNamespaces() implements Look {

    @Override
    public Finding look() {
        try {
            Trial.refusal(namespace -> {});
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
