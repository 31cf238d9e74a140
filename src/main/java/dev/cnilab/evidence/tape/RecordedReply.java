package dev.cnilab.evidence.tape;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Tunnel;
import java.util.List;
import java.util.Optional;

/** What a cluster answered. */
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
     * What was read of a command's streams.
     *
     * @param stdout not copied: nobody changes it
     */
    record Streamed(byte[] stdout, String stderr) implements RecordedReply {}

    /** There was no answer, for this reason. */
    record Failed(String message) implements RecordedReply {}
}
