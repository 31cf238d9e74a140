package dev.cnilab.cni.plugin;

import dev.cnilab.cni.http.LocalServer;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Serves the plugin on a Unix socket in the agent's process: the variables {@code CNI_…} are sent
 * as headers {@code CNI-…}, stdin as the body. The response's body is for stdout; its status is
 * 200, or 500 for an error.
 *
 * <p>The node is the network namespace of the process.
 */
public final class PluginServer {

    /** The socket that the shim connects to. */
    public static final Path SOCKET = Path.of("/run/lab-cni/agent.sock");

    /** A request that arrives here proves that the agent is running. */
    private static final Plugin.AgentCheck AGENT_ITSELF = () -> {};

    private PluginServer() {}

    public static LocalServer start(Path socket) throws IOException {
        Plugin plugin = new Plugin(AGENT_ITSELF);
        return LocalServer.start(socket, request -> answer(plugin, request));
    }

    private static HttpResponse answer(Plugin plugin, HttpRequest request) {
        if (!request.method().equals("POST")) {
            return HttpResponse.text(405, "POST a CNI request\n");
        }
        Plugin.Reply reply = plugin.answer(environment(request), request.body());
        return HttpResponse.json(reply.ok() ? 200 : 500, reply.text());
    }

    private static Map<String, String> environment(HttpRequest request) {
        Map<String, String> environment = new HashMap<>();
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (header.getKey().startsWith("cni-")) {
                String variable = header.getKey().toUpperCase(Locale.ROOT).replace('-', '_');
                environment.put(variable, header.getValue());
            }
        }
        return environment;
    }
}
