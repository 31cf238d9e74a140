package dev.cnilab.cni.plugin;

import dev.cnilab.cni.CniException;
import dev.cnilab.cni.NetworkConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The plugin as a process, for requests without a running agent. */
public final class PluginMain {

    private PluginMain() {}

    public static void main(String[] args) throws IOException {
        System.exit(run(System.getenv(), System.in, System.out));
    }

    /**
     * Handles one request.
     *
     * @return the exit code: 0, or 1 with the error on {@code stdout}
     */
    static int run(Map<String, String> environment, InputStream stdin, PrintStream stdout)
            throws IOException {
        String elsewhere = environment.get("LAB_CNI_SOCKET");
        Path socket = elsewhere == null ? PluginServer.SOCKET : Path.of(elsewhere);
        Plugin plugin = new Plugin(() -> requireAgent(socket));
        Plugin.Reply reply =
                plugin.answer(environment, stdin.readNBytes(NetworkConfig.MAX_BYTES + 1));
        stdout.write(reply.text().getBytes(StandardCharsets.UTF_8));
        stdout.flush();
        return reply.ok() ? 0 : 1;
    }

    private static void requireAgent(Path socket) throws CniException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new CniException(
                    CniException.Code.UNAVAILABLE,
                    "this node's agent does not answer at " + socket,
                    e.getMessage() + "; check the log of its lab-ipip pod");
        }
    }
}
