package dev.cnilab.cli.demo;

import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.util.Map;

/** A demo pod: the server in a namespace of the test. */
public record DemoServer(Demo demo) implements AutoCloseable {

    public static DemoServer start(NetNamespace pod) throws IOException {
        Demo demo = pod.call(() -> Demo.open(0, Identity.detect(Map.of("POD_NAME", "demo-f2w8p"))));
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
