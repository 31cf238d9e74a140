package dev.cnilab.cni.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.CniCommand;
import dev.cnilab.cni.CniException;
import dev.cnilab.cni.CniRequest;
import dev.cnilab.cni.CniVersion;
import dev.cnilab.cni.NetworkConfig;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The CNI plugin: answers a runtime's requests, in the agent's server or in a process of its own.
 * The node is the network namespace of the calling thread.
 *
 * <p>All requests of a process for one node must use one instance.
 */
public final class Plugin {

    /**
     * The reply to a request.
     *
     * @param json the result or the error; empty for a command without a result
     */
    public record Reply(boolean ok, ObjectNode json) {

        /** Formats the reply for stdout. */
        String text() {
            return json.isEmpty() ? "" : json.toPrettyString() + "\n";
        }
    }

    /** Checks whether this node's agent is running. */
    @FunctionalInterface
    public interface AgentCheck {

        /**
         * Runs the check.
         *
         * @throws CniException code 50 when it is not
         */
        void run() throws CniException;
    }

    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final PluginCommands node;

    public Plugin(AgentCheck agent) {
        node = new PluginCommands(agent, new ReentrantLock());
    }

    /**
     * Answers a request.
     *
     * @param environment with the variables {@code CNI_…}
     */
    public Reply answer(Map<String, String> environment, byte[] stdin) {
        CniVersion version = CniVersion.NEWEST;
        try {
            CniCommand command = CniCommand.of(environment);
            if (command == CniCommand.VERSION) {
                return new Reply(true, CniVersion.reply(stdin));
            }
            NetworkConfig config = NetworkConfig.parse(stdin);
            version = config.version();
            return new Reply(true, perform(CniRequest.of(command, environment, config)));
        } catch (Exception e) {
            return new Reply(false, CniException.of(e).toJson(version));
        }
    }

    private ObjectNode perform(CniRequest request) throws Exception {
        return switch (request) {
            case CniRequest.Add add -> node.add(add).toJson(add.config().version());
            case CniRequest.Del del -> {
                node.del(del);
                yield NOTHING;
            }
            case CniRequest.Check check -> {
                node.check(check);
                yield NOTHING;
            }
            case CniRequest.Gc gc -> {
                node.gc(gc);
                yield NOTHING;
            }
            case CniRequest.Status status -> {
                node.status(status);
                yield NOTHING;
            }
        };
    }
}
