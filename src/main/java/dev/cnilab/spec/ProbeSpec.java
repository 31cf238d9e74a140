package dev.cnilab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A step's check and its expectation. Expectations are templates with {@link Variable}s. */
public sealed interface ProbeSpec {

    /** RFC 791: 65535 octets per datagram, minus the headers of IPv4 and ICMP. */
    int MOST_PAYLOAD = 65507;

    /** All nodes of the lab exist and are Ready. */
    record NodesReady() implements ProbeSpec {}

    /**
     * The selected pods exist and are Ready.
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

    /** A command, run without a shell. */
    record Command(Target on, List<Template> argv, int exitCode, Optional<Output> stdout)
            implements ProbeSpec {

        public Command {
            argv = List.copyOf(argv);
        }
    }

    /** A command's expected output, without surrounding white space. */
    sealed interface Output {

        record Equals(Template text) implements Output {}

        /**
         * A regular expression found anywhere in the output; values of variables are matched
         * literally.
         */
        record Matches(Template regex) implements Output {}
    }

    /**
     * Runs {@code curl -s} for each target; a pod does not call itself directly.
     *
     * @param body the expected body
     * @param seenSource the source address that the backend is expected to see
     */
    record Http(Target from, HttpTarget to, Template body, Optional<SeenSource> seenSource)
            implements ProbeSpec {}

    /**
     * The expected source address, which depends on the backend's node as seen from the node that
     * selected it: the one addressed with a node port, else the caller's.
     */
    record SeenSource(Template sameNode, Template otherNode) {}

    /** The target of HTTP requests. */
    sealed interface HttpTarget {

        record EachPod(int port) implements HttpTarget {}

        record ClusterIp(String service) implements HttpTarget {}

        /** The node port on every node's address. */
        record NodePort(String service) implements HttpTarget {}

        /** The cluster IP, repeated until the calling pod itself has answered. */
        record OwnService(String service) implements HttpTarget {}
    }

    /**
     * The IPv4 routing table.
     *
     * @param exactly its lines as {@code route -n} prints them, ignoring white space and order
     */
    record Routes(Target on, List<Template> exactly) implements ProbeSpec {

        public Routes {
            exactly = List.copyOf(exactly);
        }
    }

    /**
     * A link, which must be up.
     *
     * @param kind as {@code ip -d link} prints it
     * @param addresses all IPv4 addresses with their lengths
     * @param local the tunnel's local address; ignored when the link is a TUN device
     */
    record Link(
            Target on,
            Template name,
            Optional<Template> kind,
            Optional<Template> mtu,
            Optional<List<Template>> addresses,
            Optional<Template> local)
            implements ProbeSpec {

        public Link {
            addresses = addresses.map(List::copyOf);
        }
    }

    /** Each node has, for every other node, the route {@code SUBNET via NODE dev DEVICE onlink}. */
    record NodeRoutes(Template device) implements ProbeSpec {}

    /** The addresses of a packet when it leaves a pod. */
    record FirstHop(
            Target.OnePod from,
            Target.OnePod to,
            Template srcIp,
            Template srcMac,
            Template dstIp,
            Template dstMac)
            implements ProbeSpec {}

    /**
     * A ping, captured at all given places at the same time.
     *
     * @param at packets that must be captured
     * @param never packets that must not be captured
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
     * @param headers outermost first, up to the last one that matters
     */
    record Sighting(Point where, Template interfaceName, List<Header> headers) {

        public Sighting {
            headers = List.copyOf(headers);
        }
    }

    /** A point on a packet's path. */
    enum Point {
        POD("pod"),
        NODE("node"),
        TO_NODE("to.node"),
        TO_POD("to.pod");

        private final String text;

        Point(String text) {
            this.text = text;
        }

        /** Returns the name in the file and in variables. */
        public String text() {
            return text;
        }
    }

    /** A header of a packet. */
    sealed interface Header {

        record Ethernet(Template src, Template dst) implements Header {}

        /**
         * An IPv4 header.
         *
         * @param protocol IANA number of the payload's protocol
         */
        record Ipv4(Template src, Template dst, int protocol, OptionalInt ttl) implements Header {}

        /** An ICMP echo request (RFC 792). */
        record EchoRequest() implements Header {}
    }

    /**
     * Pings with DF: this payload passes, one octet more does not.
     *
     * @param largest octets; empty for the MTU minus 28 for IPv4 and ICMP headers
     */
    record Payload(Target.Single from, Target.Single to, OptionalInt largest)
            implements ProbeSpec {}
}
