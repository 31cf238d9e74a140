package dev.cnilab.preflight;

import dev.cnilab.base.Remedy;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Checks that processes of this machine reach each other at 127.0.0.1, by connecting there. */
record Loopback() implements Inspection {

    private static final String DEVICE = "lo";
    private static final byte[] ADDRESS = {127, 0, 0, 1};
    private static final int TIMEOUT_MILLIS = 5_000;

    @Override
    public Finding inspect() throws IOException {
        InetAddress address = InetAddress.getByAddress(ADDRESS);
        try (ServerSocket server = new ServerSocket(0, 1, address);
                Socket client = new Socket()) {
            client.connect(new InetSocketAddress(address, server.getLocalPort()), TIMEOUT_MILLIS);
            return new Finding.Ok("127.0.0.1 is reachable");
        } catch (IOException e) {
            return new Finding.Missing(
                    "127.0.0.1: " + e.getMessage(),
                    "the Kubernetes API of a lab is at 127.0.0.1",
                    Remedy.type("sudo ip link set " + DEVICE + " up"));
        }
    }

    /** Sets the link up. */
    static List<String> up() throws IOException {
        try (Connection connection = Connection.open()) {
            Links links = new Links(connection);
            links.up(links.get(DEVICE).index());
            return List.of("set " + DEVICE + " up");
        }
    }
}
