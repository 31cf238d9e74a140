package dev.cnilab.demo;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;

/** A demo pod: the server in a namespace of the test. */
public record DemoServer(Demo demo) implements AutoCloseable {

    /**
     * @param address of its eth0; the JDK finds a thread's interfaces by what its process has
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
