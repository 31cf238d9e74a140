package dev.cnilab.spec;

/**
 * What records the netlink events of one node from before the CNI is installed.
 *
 * @param node the first node with this role
 * @param file path in the node
 * @param command the tutorial's command that it stands for; shown to the user
 */
public record RecorderSpec(NodeSpec.Role node, String file, String command) {

    /** The tutorial's. */
    static final RecorderSpec DEFAULT =
            new RecorderSpec(
                    NodeSpec.Role.CONTROL_PLANE, "/root/startup_monitor.txt", "ip -ts monitor all");
}
