package dev.cnilab.kind.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.kind.docker.EngineSocket;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import dev.cnilab.netlink.Scope;
import dev.cnilab.preflight.Finding;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FreeSubnetsIT {

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    @TempDir private Path folder;

    @Test
    void routeInTheLabsSubnetsIsReported() throws IOException, SpecException {
        NetNamespace namespace = routing("10.244.7.0/24");
        LabSpec spec = spec();
        Finding finding = namespace.call(() -> new FreeSubnets(spec, engine("none")).inspect());

        assertThat(finding).isInstanceOf(Finding.Missing.class);
        assertThat(finding.seen())
                .isEqualTo("kubernetes.podSubnet 10.244.0.0/16 overlaps route 10.244.7.0/24");
    }

    @Test
    void labsOwnDockerNetworkIsIgnored() throws IOException, SpecException {
        NetNamespace namespace = routing("172.18.0.0/16");
        LabSpec spec = spec();
        String json =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
        Map<String, String> answers =
                Map.of(
                        "/version",
                        json + "{\"Version\": \"24.0.7\", \"ApiVersion\": \"1.43\"}",
                        "/networks",
                        json
                                + "[{\"Name\": \"kind\", \"Id\": \"1\", \"Driver\": \"bridge\","
                                + " \"IPAM\": {\"Config\": [{\"Subnet\": \"172.18.0.0/16\"}]}}]");
        try (EngineSocket _ = EngineSocket.listen(folder.resolve("docker.sock"), answers)) {
            assertThat(
                            namespace.<Finding>call(
                                    () -> new FreeSubnets(spec, engine("docker.sock")).inspect()))
                    .isInstanceOf(Finding.Ok.class);
        }
        assertThat(namespace.<Finding>call(() -> new FreeSubnets(spec, engine("none")).inspect()))
                .isInstanceOf(Finding.Missing.class);
    }

    /** A namespace with a default route, which is ignored, and a route to the prefix. */
    private NetNamespace routing(String prefix) throws IOException {
        NetNamespace namespace = sandbox.namespace();
        Scene scene = Scene.in(namespace).up("lo").routeOn("default", "lo");
        scene.route(
                new Route(
                        Ipv4Prefix.parse(prefix),
                        null,
                        scene.index("lo"),
                        Scope.LINK,
                        Route.BOOT,
                        RouteType.UNICAST,
                        77,
                        0,
                        false,
                        null,
                        0));
        return namespace;
    }

    private Map<String, String> engine(String socket) {
        return Map.of("DOCKER_HOST", "unix://" + folder.resolve(socket));
    }

    private static LabSpec spec() throws SpecException {
        return SpecLoader.load("flannel-ipip");
    }
}
