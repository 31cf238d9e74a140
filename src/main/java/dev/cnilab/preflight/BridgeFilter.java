package dev.cnilab.preflight;

import dev.cnilab.host.Sysctl;
import java.io.IOException;
import java.util.Optional;

/** Checks that packet filter rules apply to packets between a bridge's ports (br_netfilter). */
record BridgeFilter(KernelModules modules) implements Inspection {

    private static final Sysctl SWITCH = new Sysctl("net.bridge.bridge-nf-call-iptables");

    @Override
    public Finding inspect() throws IOException {
        Optional<String> refusal =
                ScratchNamespace.refusal(namespace -> namespace.run(SWITCH::read));
        if (refusal.isEmpty()) {
            return new Finding.Ok("rules apply to bridged packets");
        }
        return new Finding.Warning(
                "no " + SWITCH.path(),
                "a pod cannot reach a Service's pod on its own node: the reply crosses the bridge"
                        + " without passing the rules",
                modules.remedy());
    }
}
