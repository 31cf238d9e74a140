package dev.cnilab.evidence.tape;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Tunnel;
import java.util.List;
import java.util.Optional;

/** A cluster's reply to a query. */
public sealed interface RecordedReply {

    record Nodes(List<Node> nodes) implements RecordedReply {

        public Nodes {
            nodes = List.copyOf(nodes);
        }
    }

    record Pods(List<Pod> pods) implements RecordedReply {

        public Pods {
            pods = List.copyOf(pods);
        }
    }

    record Services(List<Service> services) implements RecordedReply {

        public Services {
            services = List.copyOf(services);
        }
    }

    record TunnelAnswer(Optional<Tunnel> tunnel) implements RecordedReply {}

    record Ended(ExecResult result) implements RecordedReply {}

    /**
     * The output that was read from a running command.
     *
     * @param stdout not copied; must not be modified
     */
    record Streamed(byte[] stdout, String stderr) implements RecordedReply {}

    /** The query failed with this message. */
    record Failed(String message) implements RecordedReply {}
}
