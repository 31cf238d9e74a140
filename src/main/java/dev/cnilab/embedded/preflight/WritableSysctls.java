package dev.cnilab.embedded.preflight;

import dev.cnilab.base.Remedy;
import dev.cnilab.host.Sysctl;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import dev.cnilab.preflight.ScratchNamespace;
import java.io.IOException;
import java.util.Optional;

/** Checks that a node's sysctls can be set, by making a scratch namespace a router. */
record WritableSysctls() implements Inspection {

    private static final Sysctl FORWARDING = new Sysctl("net.ipv4.ip_forward");

    @Override
    public Finding inspect() throws IOException {
        Optional<String> refusal =
                ScratchNamespace.refusal(namespace -> namespace.run(() -> FORWARDING.write("1")));
        return refusal.isEmpty()
                ? new Finding.Ok("a node's sysctls can be set")
                : new Finding.Missing(
                        refusal.get(),
                        "nodes of the embedded cluster are routers, which is set in /proc/sys",
                        Remedy.type("sudo mount -o remount,rw /proc/sys")
                                .with("in a container, use --privileged"));
    }
}
