package dev.cnilab.evidence.tape;

import dev.cnilab.net.Tunnel;
import java.util.Optional;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import java.util.List;

/** What a cluster answered. */
public sealed interface Answer {

    record Nodes(List<Node> nodes) implements Answer {

        public Nodes {
            nodes = List.copyOf(nodes);
        }
    }

    record Pods(List<Pod> pods) implements Answer {

        public Pods {
            pods = List.copyOf(pods);
        }
    }

    record Services(List<Service> services) implements Answer {

        public Services {
            services = List.copyOf(services);
        }
    }

    record TunnelAnswer(Optional<Tunnel> tunnel) implements Answer {}

    record Ended(ExecResult result) implements Answer {}

    /**
     * What was read of a command's streams.
     *
     * @param stdout not copied: nobody changes it
     */
    record Streamed(byte[] stdout, String stderr) implements Answer {}

    /** There was no answer, for this reason. */
    record Failed(String message) implements Answer {}
}
