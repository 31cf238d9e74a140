package dev.cnilab.kube.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Relays connections to a port on loopback until they are cut. */
final class Relay implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final int target;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    Relay(int target) throws IOException {
        this.target = target;
        Thread.ofPlatform().daemon().name("relay").start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /**
     * Ends all connections; later ones are relayed.
     *
     * @param reset with an RST instead of a FIN
     */
    void cut(boolean reset) throws IOException {
        for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                Thread.ofPlatform().daemon().start(() -> pass(client, server));
                Thread.ofPlatform().daemon().start(() -> pass(server, client));
            }
        } catch (IOException e) {
            // The relay was closed.
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // The connection was cut.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut(false);
    }
}
