package dev.cnilab.kube.api;

import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** kube-apiserver and etcd from PATH, on loopback. */
final class RealApiServer implements AutoCloseable {
    static final String TOKEN = "the-token-of-this-test";
    private static final Duration START = Duration.ofMinutes(2);

    final int port;
    private final Process etcd;
    private final Process server;

    private RealApiServer(int port, Process etcd, Process server) {
        this.port = port;
        this.etcd = etcd;
        this.server = server;
    }

    static boolean available() {
        SearchPath path = new SearchPath(System.getenv("PATH"));
        return path.find("kube-apiserver").isPresent() && path.find("etcd").isPresent();
    }

    static RealApiServer start(Path directory) throws Exception {
        int port = freePort();
        String store = "http://127.0.0.1:" + freePort();
        Files.writeString(directory.resolve("tokens"), TOKEN + ",admin,1,system:masters\n");
        Files.writeString(directory.resolve("key"), key());
        Process etcd =
                run(
                        directory,
                        List.of(
                                "etcd",
                                "--data-dir=etcd",
                                "--listen-client-urls=" + store,
                                "--advertise-client-urls=" + store,
                                "--listen-peer-urls=http://127.0.0.1:" + freePort()));
        Process server =
                run(
                        directory,
                        List.of(
                                "kube-apiserver",
                                "--etcd-servers=" + store,
                                "--secure-port=" + port,
                                "--bind-address=127.0.0.1",
                                "--advertise-address=192.0.2.1",
                                "--cert-dir=certificates",
                                "--service-cluster-ip-range=10.96.0.0/16",
                                "--token-auth-file=tokens",
                                "--service-account-issuer=https://kubernetes.default.svc",
                                "--service-account-signing-key-file=key",
                                "--service-account-key-file=key",
                                "--authorization-mode=AlwaysAllow",
                                "--disable-admission-plugins=ServiceAccount"));
        RealApiServer real = new RealApiServer(port, etcd, server);
        real.awaitReady();
        return real;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String key() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static Process run(Path directory, List<String> argv) throws IOException {
        Path log = directory.resolve(argv.getFirst() + ".log");
        return new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void awaitReady() throws Exception {
        ApiCaller caller = new ApiCaller(port, TOKEN);
        long deadline = System.nanoTime() + START.toNanos();
        while (caller.code("/readyz") != 200) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("kube-apiserver does not become ready");
            }
            Thread.sleep(200);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : List.of(server, etcd)) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
