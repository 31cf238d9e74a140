package dev.cnilab.demo;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;

/** A demo pod: the server in a network namespace of the test. */
public record DemoServer(Demo demo) implements AutoCloseable {

    /**
     * Starts the server.
     *
     * @param address of its eth0; the JDK lists interfaces of the process's namespace instead of
     *     the thread's
     */
    public static DemoServer start(NetNamespace pod, Ipv4Prefix address) throws IOException {
        Identity identity = new Identity("demo-f2w8p", "eth0", address);
        Demo demo = pod.call(() -> Demo.open(0, identity));
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        demo.serve();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        return new DemoServer(demo);
    }

    public int port() {
        return demo.port();
    }

    @Override
    public void close() throws IOException {
        demo.close();
    }
}
