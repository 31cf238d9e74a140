package dev.cnilab.verify.probe;

import dev.cnilab.spec.ProbeSpec;

/** Creates the probe of a step's spec. */
public final class Probes {

    private Probes() {}

    public static Probe of(ProbeSpec probe, ProbeContext surroundings) {
        StateProbes state = new StateProbes(surroundings);
        CommandProbes commands = new CommandProbes(surroundings);
        WireProbes wire = new WireProbes(surroundings);
        return switch (probe) {
            case ProbeSpec.NodesReady _ -> state::nodesReady;
            case ProbeSpec.Pods pods -> () -> state.pods(pods);
            case ProbeSpec.Command command -> () -> commands.command(command);
            case ProbeSpec.Http http -> new HttpProbe(surroundings, http)::observe;
            case ProbeSpec.Routes routes -> () -> commands.routes(routes);
            case ProbeSpec.Link link -> () -> commands.link(link);
            case ProbeSpec.NodeRoutes routes -> () -> commands.nodeRoutes(routes);
            case ProbeSpec.FirstHop hop -> () -> wire.firstHop(hop);
            case ProbeSpec.Packets packets -> () -> wire.packets(packets);
            case ProbeSpec.Payload payload -> () -> wire.payload(payload);
        };
    }
}
