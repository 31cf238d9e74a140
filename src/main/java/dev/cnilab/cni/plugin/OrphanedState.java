package dev.cnilab.cni.plugin;

import dev.cnilab.cni.ipam.Reservation;
import dev.cnilab.cni.ipam.ReservationDirectory;
import dev.cnilab.host.FileTree;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The plugin's state on a node, of existing and future pods. */
public final class OrphanedState {

    private OrphanedState() {}

    /**
     * Lists the pods connected to the bridge. They cannot be deleted properly without the plugin.
     */
    public static List<AttachedPod> attached() throws IOException {
        List<Reservation> reservations = new ArrayList<>();
        for (Path network : networks()) {
            try (ReservationDirectory open =
                    ReservationDirectory.open(network, new ReentrantLock())) {
                reservations.addAll(open.all());
            }
        }
        try (Connection connection = Connection.open()) {
            return ports(new Links(connection)).stream()
                    .map(port -> attached(port, reservations))
                    .toList();
        }
    }

    private static AttachedPod attached(Link port, List<Reservation> reservations) {
        return reservations.stream()
                .filter(each -> each.attachment().hostName().equals(port.name()))
                .findFirst()
                .map(each ->
                        new AttachedPod(
                                each.address().toString(),
                                port.name(),
                                each.attachment().containerId()))
                .orElse(new AttachedPod("", port.name(), ""));
    }

    /**
     * Deletes the bridge, the links of pods connected to it, the port rules and the reservations.
     * Repeatable.
     */
    public static void delete() throws IOException {
        try (Connection connection = Connection.open()) {
            Links links = new Links(connection);
            for (Link port : ports(links)) {
                PodLink.delete(connection, port.name());
            }
            if (bridge(links).isPresent()) {
                links.delete(PluginConfig.BRIDGE);
            }
        }
        for (Path network : networks()) {
            HostPorts.of(network, PluginConfig.BRIDGE).replace(List.of());
        }
        FileTree.delete(PluginConfig.DATA_DIR);
    }

    /**
     * Returns the bridge. Other plugins use the same name: without this plugin's files it is
     * theirs.
     */
    private static Optional<Link> bridge(Links links) throws IOException {
        return Files.exists(PluginConfig.DATA_DIR)
                ? links.find(PluginConfig.BRIDGE)
                : Optional.empty();
    }

    private static List<Link> ports(Links links) throws IOException {
        Optional<Link> bridge = bridge(links);
        return links.list().stream()
                .filter(link -> bridge.filter(to -> to.index() == link.master()).isPresent())
                .toList();
    }

    private static List<Path> networks() throws IOException {
        if (Files.notExists(PluginConfig.DATA_DIR)) {
            return List.of();
        }
        try (Stream<Path> networks = Files.list(PluginConfig.DATA_DIR)) {
            return networks.filter(Files::isDirectory).toList();
        }
    }
}
