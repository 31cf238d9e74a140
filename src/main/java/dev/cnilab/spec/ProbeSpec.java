package dev.cnilab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a step looks at, and what it expects. Expectations are templates over {@link Variable}s. */
public sealed interface ProbeSpec {

    /** RFC 791: 65535 octets a datagram, less headers of IPv4 and ICMP. */
    int MOST_PAYLOAD = 65507;

    /** Every node of the lab is there and Ready. */
    record NodesReady() implements ProbeSpec {}

    /**
     * The pods selected are there and Ready.
     *
     * @param selector labels; empty for all of the namespace
     * @param onEveryNode at least one on each node
     * @param inNodeSubnet each address lies in the pod subnet of its node
     */
    record Pods(
            String namespace,
            Map<String, String> selector,
            boolean onEveryNode,
            boolean inNodeSubnet)
            implements ProbeSpec {

        public Pods {
            selector = Map.copyOf(selector);
        }
    }

    /** A command, run as it stands. */
    record Command(Target on, List<Template> argv, int exitCode, Optional<Output> stdout)
            implements ProbeSpec {

        public Command {
            argv = List.copyOf(argv);
        }
    }

    /** What a command should print, without the white space around it. */
    sealed interface Output {

        record Equals(Template text) implements Output {}

        /** A regular expression found anywhere; what is filled in is taken literally. */
        record Matches(Template regex) implements Output {}
    }

    /**
     * {@code curl -s} to each target; a pod as place does not call itself directly.
     *
     * @param body what the whole answer should be
     * @param seenSource the source address that the backend should see
     */
    record Http(Target from, HttpTarget to, Template body, Optional<SeenSource> seenSource)
            implements ProbeSpec {}

    /**
     * Depends on where the backend runs, seen from the node that chose it: the one addressed with a
     * node port, else the caller's.
     */
    record SeenSource(Template sameNode, Template otherNode) {}

    /** Whom HTTP requests go to. */
    sealed interface HttpTarget {

        record EachPod(int port) implements HttpTarget {}

        record ClusterIp(String service) implements HttpTarget {}

        /** The node port on every node's address. */
        record NodePort(String service) implements HttpTarget {}

        /** The cluster IP, until it was the calling pod itself that answered. */
        record OwnService(String service) implements HttpTarget {}
    }

    /**
     * The IPv4 routing table.
     *
     * @param exactly its lines as {@code route -n} prints them, white space aside, in any order
     */
    record Routes(Target on, List<Template> exactly) implements ProbeSpec {

        public Routes {
            exactly = List.copyOf(exactly);
        }
    }

    /**
     * A link that is up.
     *
     * @param kind as {@code ip -d link} calls it
     * @param addresses all IPv4 addresses with their lengths
     * @param local the tunnel's local address; not looked at where the link is a TUN device
     */
    record Link(
            Target on,
            Template name,
            Optional<Template> kind,
            Optional<Template> mtu,
            List<Template> addresses,
            Optional<Template> local)
            implements ProbeSpec {

        public Link {
            addresses = List.copyOf(addresses);
        }
    }

    /** On each node, for each other one: {@code SUBNET via NODE dev DEVICE onlink}. */
    record NodeRoutes(Template device) implements ProbeSpec {}

    /** The addresses of a packet as it leaves a pod. */
    record FirstHop(
            Target.OnePod from,
            Target.OnePod to,
            Template srcIp,
            Template srcMac,
            Template dstIp,
            Template dstMac)
            implements ProbeSpec {}

    /**
     * A ping, captured everywhere at once.
     *
     * @param at every one of these must be seen
     * @param never none of these may be seen
     */
    record Packets(Target.Single from, Target.Single to, List<Sighting> at, List<Sighting> never)
            implements ProbeSpec {

        public Packets {
            at = List.copyOf(at);
            never = List.copyOf(never);
        }
    }

    /**
     * A packet on an interface.
     *
     * @param headers outermost first; the whole stack up to the last one given
     */
    record Sighting(Point where, Template interfaceName, List<Header> headers) {

        public Sighting {
            headers = List.copyOf(headers);
        }
    }

    /** On a packet's way. */
    enum Point {
        POD("pod"),
        NODE("node"),
        TO_NODE("to.node"),
        TO_POD("to.pod");

        private final String text;

        Point(String text) {
            this.text = text;
        }

        /** As in the file; the same word as in variables. */
        public String text() {
            return text;
        }
    }

    /** One header of a packet. */
    sealed interface Header {

        record Ethernet(Template src, Template dst) implements Header {}

        /**
         * @param protocol IANA's number of what follows
         */
        record Ipv4(Template src, Template dst, int protocol, OptionalInt ttl) implements Header {}

        /** An ICMP echo request (RFC 792). */
        record EchoRequest() implements Header {}
    }

    /**
     * Pings that may not be fragmented: this payload passes, one octet more does not.
     *
     * @param largest octets; empty: the MTU less 28 for IPv4 and ICMP headers
     */
    record Payload(Target.Single from, Target.Single to, OptionalInt largest)
            implements ProbeSpec {}
}
