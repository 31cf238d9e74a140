package dev.cnilab.netlink;

import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Temporary network namespaces of one test, and host commands executed in them. */
public final class Sandbox implements AfterEachCallback {

    private static final int PING_MILLIS = 10_000;

    private final List<NetNamespace> namespaces = new ArrayList<>();

    public NetNamespace namespace() {
        try {
            String name = "t-nl-" + UUID.randomUUID().toString().substring(0, 8);
            NetNamespace namespace = NetNamespace.create(NetNamespace.DIRECTORY.resolve(name));
            namespaces.add(namespace);
            return namespace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Executes a command, which must succeed, and returns its output. */
    public static String run(NetNamespace namespace, String... command) throws IOException {
        Process process =
                namespace.call(() -> new ProcessBuilder(command).redirectErrorStream(true).start());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }

    /** Checks whether the address answers a ping from the namespace. */
    public static boolean reaches(NetNamespace namespace, String address) throws IOException {
        return namespace.call(() -> InetAddress.getByName(address).isReachable(PING_MILLIS));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        for (NetNamespace namespace : namespaces) {
            namespace.delete();
        }
    }
}
