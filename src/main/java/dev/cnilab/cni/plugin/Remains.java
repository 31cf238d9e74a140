package dev.cnilab.cni.plugin;

import dev.cnilab.host.FileTree;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.util.Optional;

/** What the plugin keeps on a node for the pods to come. */
public final class Remains {

    private Remains() {}

    /**
     * Takes the bridge and the addresses' files away. Repeatable.
     *
     * @return whether they are gone; they stay while a pod hangs on the bridge
     */
    public static boolean delete() throws IOException {
        try (Connection connection = Connection.open()) {
            Links links = new Links(connection);
            Optional<Link> bridge = links.find(PluginConfig.BRIDGE);
            if (bridge.isPresent()) {
                int index = bridge.get().index();
                if (links.list().stream().anyMatch(port -> port.master() == index)) {
                    return false;
                }
                links.delete(PluginConfig.BRIDGE);
            }
        }
        FileTree.delete(PluginConfig.DATA_DIR);
        return true;
    }
}
