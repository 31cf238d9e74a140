package dev.cnilab.cni.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.CniException;
import dev.cnilab.cni.CniRequest;
import dev.cnilab.cni.CniResult;
import dev.cnilab.cni.NetworkConfig;
import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.cni.ipam.Ipam;
import dev.cnilab.cni.ipam.Pool;
import dev.cnilab.cni.ipam.Reservation;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.VethPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Executes the CNI commands on this node: its bridge, addresses and pods' links. */
record PluginCommands(Plugin.AgentCheck agent, ReentrantLock gate) {

    /** Key that a runtime adds to the configuration (CNI spec, "GC"). */
    private static final String VALID_ATTACHMENTS = "cni.dev/valid-attachments";

    CniResult add(CniRequest.Add request) throws Exception {
        PluginConfig config = PluginConfig.of(request.config(), request.args());
        SubnetEnv subnet = subnet(config);
        Pool pool = Pool.of(subnet.gateway());
        Attachment attachment = request.attachment();
        NetNamespace sandbox = sandbox(request.netns());
        try (Connection node = Connection.open();
                Connection pod = Connection.open(sandbox);
                Undo undo = new Undo()) {
            PodLink.requireAbsent(pod, attachment.ifName());
            Addresses addresses = new Addresses(config, gate);
            Reservation reservation =
                    addresses.reserve(
                            node,
                            pool,
                            new Ipam.AllocationRequest(
                                    attachment,
                                    request.netns().toString(),
                                    config.address(),
                                    config.ports()));
            undo.push(() -> addresses.release(attachment));
            // Checked after the reservation, so that a list of pods taken after cordoning is
            // complete.
            Cordon.check();

            Link bridge = new Bridge(config.bridge(), subnet.gateway(), subnet.mtu()).ensure(node);
            if (!config.ports().isEmpty()) {
                HostPorts.of(config).routeLoopback();
            }
            Ipv4Address address = reservation.address();
            Links links = new Links(node);
            String hostName = attachment.hostName();
            MacAddress mac = Objects.requireNonNullElse(config.mac(), MacAddress.of(address));
            links.add(
                    new VethPair(
                            hostName,
                            bridge.index(),
                            subnet.mtu(),
                            attachment.ifName(),
                            mac,
                            sandbox));
            undo.push(() -> PodLink.delete(node, hostName));

            Link host = links.get(hostName);
            if (config.hairpinMode()) {
                links.hairpin(host.index(), true);
            }
            Shaping.ingress(node, host, config.bandwidth());
            Ipv4Prefix local = new Ipv4Prefix(address, subnet.gateway().length());
            List<CniResult.Route> routes = routes(config, subnet);
            Link inPod = PodLink.configure(pod, attachment.ifName(), local, routes);
            Shaping.egress(pod, inPod, config.bandwidth());
            undo.commit();
            return new CniResult(
                    List.of(
                            new CniResult.Interface(bridge.name(), bridge.mac(), bridge.mtu(), ""),
                            new CniResult.Interface(hostName, host.mac(), subnet.mtu(), ""),
                            new CniResult.Interface(
                                    attachment.ifName(),
                                    mac,
                                    subnet.mtu(),
                                    request.netns().toString())),
                    List.of(new CniResult.Ip(2, local, subnet.gateway().address())),
                    routes,
                    dns(request.config()));
        }
    }

    /** Handles DEL. Requires neither the namespace nor the subnet's file nor an earlier result. */
    void del(CniRequest.Del request) throws IOException {
        new Addresses(PluginConfig.of(request.config()), gate).release(request.attachment());
        try (Connection node = Connection.open()) {
            PodLink.delete(node, request.attachment().hostName());
        }
    }

    void check(CniRequest.Check request) throws IOException {
        PluginConfig config = PluginConfig.of(request.config());
        JsonNode previous = request.config().json().path("prevResult");
        if (!previous.isObject()) {
            throw new CniException(
                    CniException.Code.CONFIG, "CHECK needs a prevResult in the configuration");
        }
        CniResult result = CniResult.parse(previous);
        Attachment attachment = request.attachment();
        SubnetEnv subnet = subnet(config);
        Reservation reservation = new Addresses(config, gate).find(attachment);
        if (result.ips().stream()
                .noneMatch(ip -> ip.address().address().equals(reservation.address()))) {
            throw new CniException(
                    CniException.Code.CHECK_FAILED,
                    "%s is reserved for %s, which prevResult does not have"
                            .formatted(reservation.address(), attachment));
        }
        try (Connection node = Connection.open();
                Connection pod = Connection.open(sandbox(request.netns()))) {
            new Bridge(config.bridge(), subnet.gateway(), subnet.mtu()).check(node);
            PodLink.checkHost(node, attachment.hostName(), config.bridge());
            PodLink.checkPod(pod, attachment.ifName(), result);
        }
    }

    /**
     * Handles GC: removes everything that belongs to no attachment known to the runtime; continues
     * after an error.
     */
    void gc(CniRequest.Gc request) throws Exception {
        PluginConfig config = PluginConfig.of(request.config());
        Set<Attachment> valid = validAttachments(request.config());
        Set<String> links =
                valid.stream().map(Attachment::hostName).collect(Collectors.toUnmodifiableSet());
        // Used to run all steps, each regardless of the others' failures.
        try (Connection node = Connection.open();
                Undo all = new Undo()) {
            for (Link port : ports(node, config.bridge())) {
                if (Attachment.isHostName(port.name()) && !links.contains(port.name())) {
                    all.push(() -> PodLink.delete(node, port.name()));
                }
            }
            all.push(() ->
                    new Addresses(config, gate)
                            .releaseUnless(kept -> valid.contains(kept.attachment())));
        }
    }

    void status(CniRequest.Status request) throws IOException {
        agent.run();
        PluginConfig config = PluginConfig.of(request.config());
        try (Connection node = Connection.open()) {
            Pool pool = Pool.of(subnet(config).gateway());
            if (new Addresses(config, gate).free(node, pool) == 0) {
                throw new CniException(
                        CniException.Code.UNAVAILABLE,
                        "no IP addresses available in " + pool.gateway().network());
            }
        } catch (CniException e) {
            throw new CniException(
                    CniException.Code.UNAVAILABLE, String.valueOf(e.getMessage()), e.details());
        }
    }

    private static SubnetEnv subnet(PluginConfig config) throws IOException {
        try {
            return SubnetEnv.read(config.subnetFile());
        } catch (NoSuchFileException e) {
            throw new CniException(
                    CniException.Code.TRY_AGAIN,
                    config.subnetFile() + " does not exist",
                    "this node's agent writes it; check the log of its lab-ipip pod");
        } catch (IllegalArgumentException e) {
            throw new CniException(
                    CniException.Code.CONFIG, config.subnetFile() + ": " + e.getMessage());
        }
    }

    private static NetNamespace sandbox(Path netns) throws IOException {
        NetNamespace sandbox = NetNamespace.seenByMachine(netns);
        if (!sandbox.exists()) {
            throw new CniException(
                    CniException.Code.ENVIRONMENT,
                    "CNI_NETNS " + netns + " is not a network namespace");
        }
        if (Files.isSameFile(sandbox.path(), Path.of("/proc/thread-self/ns/net"))) {
            throw new CniException(
                    CniException.Code.NETNS, "CNI_NETNS " + netns + " is the node's own namespace");
        }
        return sandbox;
    }

    /**
     * Returns the routes of the tutorial's {@code route -n}, except the subnet's, which the kernel
     * adds.
     */
    private static List<CniResult.Route> routes(PluginConfig config, SubnetEnv subnet) {
        Ipv4Address gateway = subnet.gateway().address();
        List<CniResult.Route> routes = new ArrayList<>();
        routes.add(new CniResult.Route(subnet.network(), gateway));
        if (config.isDefaultGateway()) {
            routes.add(new CniResult.Route(Route.anyDestination(), gateway));
        }
        return routes;
    }

    private static ObjectNode dns(NetworkConfig config) {
        return config.json().path("dns") instanceof ObjectNode dns
                ? dns
                : JsonNodeFactory.instance.objectNode();
    }

    private static List<Link> ports(Connection node, String bridge) throws IOException {
        Links links = new Links(node);
        int master = links.find(bridge).map(Link::index).orElse(-1);
        return links.list().stream().filter(link -> link.master() == master).toList();
    }

    private static Set<Attachment> validAttachments(NetworkConfig config) throws CniException {
        JsonNode list = config.json().path(VALID_ATTACHMENTS);
        if (!list.isArray()) {
            throw new CniException(
                    CniException.Code.CONFIG, "GC needs a list '" + VALID_ATTACHMENTS + "'");
        }
        Set<Attachment> valid = new HashSet<>();
        for (JsonNode each : list) {
            valid.add(
                    new Attachment(
                            each.path("containerID").asText(), each.path("ifname").asText()));
        }
        return valid;
    }
}
