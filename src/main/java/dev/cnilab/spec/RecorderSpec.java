package dev.cnilab.spec;

/**
 * A recorder of one node's netlink events, started before the CNI is installed.
 *
 * @param node the first node with this role
 * @param file path in the node
 * @param command the command of the tutorial that records the same; the exported script runs it
 */
public record RecorderSpec(NodeSpec.Role node, String file, String command) {

    /** The tutorial's recorder. */
    static final RecorderSpec DEFAULT =
            new RecorderSpec(
                    NodeSpec.Role.CONTROL_PLANE, "/root/startup_monitor.txt", "ip -ts monitor all");
}
