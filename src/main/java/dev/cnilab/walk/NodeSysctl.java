package dev.cnilab.walk;

import java.util.List;

/**
 * A kernel parameter of a node, and a value for it.
 *
 * @param key in the notation of sysctl(8)
 */
record NodeSysctl(String node, String key, String value) {

    /**
     * @param text {@code NODE KEY=VALUE}
     */
    static NodeSysctl parse(String text) {
        int space = text.indexOf(' ');
        int equals = text.indexOf('=', space);
        return new NodeSysctl(
                text.substring(0, space),
                text.substring(space + 1, equals),
                text.substring(equals + 1));
    }

    /** The command that prints its current value. */
    List<String> read() {
        return List.of("docker", "exec", node, "sysctl", "-n", key);
    }

    /** The command that sets it. */
    List<String> write(String to) {
        return List.of("docker", "exec", node, "sysctl", "-w", key + "=" + to);
    }
}
