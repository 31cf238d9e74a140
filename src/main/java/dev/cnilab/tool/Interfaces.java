package dev.cnilab.tool;

import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The links of a namespace by their index. */
final class Interfaces {

    private final Map<Integer, Link> links = new HashMap<>();

    Interfaces(List<Link> links) {
        links.forEach(link -> this.links.put(link.index(), link));
    }

    /**
     * Returns a link's name, or "if" and the index for one that is gone or in another namespace, as
     * iproute2 does.
     */
    String name(int index) {
        Link link = links.get(index);
        return link == null ? "if" + index : link.name();
    }

    /** Checks whether it is a link of this namespace that is administratively down. */
    boolean isDown(int index) {
        Link link = links.get(index);
        return link != null && !link.up();
    }

    boolean isBridge(int index) {
        Link link = links.get(index);
        return link != null && link.data() instanceof LinkData.Bridge;
    }
}
