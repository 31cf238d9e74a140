package dev.cnilab.preflight;

import dev.cnilab.host.Sysctl;
import java.io.IOException;
import java.util.Optional;

/** Packet rules for what a bridge passes from port to port. */
record BridgeFilter(KernelModules modules) implements Inspection {

    private static final Sysctl SWITCH = new Sysctl("net.bridge.bridge-nf-call-iptables");

    @Override
    public Finding inspect() throws IOException {
        Optional<String> refusal =
                ScratchNamespace.refusal(namespace -> namespace.run(SWITCH::read));
        if (refusal.isEmpty()) {
            return new Finding.Ok("rules see what bridges pass");
        }
        return new Finding.Warning(
                "no " + SWITCH.path(),
                "a pod can't reach a Service's pod on its own node: the answer takes the bridge,"
                        + " past the rules",
                modules.remedy());
    }
}
