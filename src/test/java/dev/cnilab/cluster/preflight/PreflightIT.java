package dev.cnilab.cluster.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cnilab.cluster.docker.EngineSocket;
import dev.cnilab.host.Failure;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.NewLink;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import dev.cnilab.netlink.Scope;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On this machine, as root; what has to be missing is taken away from the look, not from it. */
class PreflightIT {

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    @TempDir private Path folder;

    @Test
    void embeddedRunsHere() throws IOException, SpecException {
        preflight(Map.of()).require(Target.EMBEDDED, spec());
    }

    @Test
    void kindDoesNotRunWithoutDocker() {
        Map<String, String> environment =
                Map.of("DOCKER_HOST", "unix://" + folder.resolve("none"), "PATH", "");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> preflight(environment).require(Target.KIND, spec()))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.PREFLIGHT);
                    assertThat(failure.id()).isEqualTo("docker");
                    assertThat(failure.evidence()).contains("there is no such socket");
                    assertThat(failure.remedy()).contains("systemctl start docker");
                });
    }

    @Test
    void lookingLeavesNothing() throws IOException, SpecException {
        List<String> mounts = trialMounts();
        preflight(System.getenv()).needs(spec()).forEach(Need::examine);

        assertThat(trialMounts()).isEqualTo(mounts);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theDriverIsThereWhereItCanBeUsed() throws IOException {
        boolean usable = true;
        try {
            Ipv4Address local = Ipv4Address.parse("192.0.2.1");
            Scene.in(sandbox.namespace())
                    .link(
                            NewLink.ipip(
                                    "t0", new LinkData.IpIp(local, Ipv4Address.ANY, 0, 0, true)));
        } catch (NetlinkException e) {
            assertThat(e).hasMessageContaining("Unknown device type");
            usable = false;
        }
        Finding finding = new IpipDriver(preflight(Map.of()).modules("ipip")).look();

        assertThat(finding instanceof Finding.Ok).isEqualTo(usable);
        assertThat(finding).isNotInstanceOf(Finding.Missing.class);
    }

    @Test
    void aTrialHasANamespaceForItself() throws IOException {
        assertThat(
                        Trial.refusal(namespace -> {
                            try (Connection connection = Connection.open(namespace)) {
                                assertThat(new Links(connection).list()).noneMatch(Link::up);
                            }
                            throw new IOException("enough");
                        }))
                .contains("enough");
    }

    @Test
    void sysctlsAreRaisedAndNeverLowered() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        Sysctl ttl = new Sysctl("net.ipv4.ip_default_ttl");
        Sysctl ports = new Sysctl("net.ipv4.ip_unprivileged_port_start");
        Map<String, Long> minimums = new HashMap<>(Map.of(ttl.key(), 100L, ports.key(), 80L));
        namespace.run(() -> {
            ttl.write("64");
            ports.write("1024");
            Sysctls sysctls = new Sysctls(minimums);

            assertThat(sysctls.look())
                    .isInstanceOf(Finding.Warning.class)
                    .extracting(Finding::seen)
                    .isEqualTo("net.ipv4.ip_default_ttl is 64, wanted 100");
            assertThat(sysctls.raise()).containsExactly("net.ipv4.ip_default_ttl: 64 -> 100");
            assertThat(ttl.read()).isEqualTo("100");
            assertThat(ports.read()).isEqualTo("1024");
            assertThat(sysctls.look()).isInstanceOf(Finding.Ok.class);
            assertThat(sysctls.raise()).isEmpty();
        });
    }

    @Test
    void aRouteInTheLabsSubnetsIsInTheWay() throws IOException, SpecException {
        NetNamespace namespace = routing("10.244.7.0/24");
        LabSpec spec = spec();
        Finding finding = namespace.call(() -> new FreeSubnets(spec, engine("none")).look());

        assertThat(finding).isInstanceOf(Finding.Missing.class);
        assertThat(finding.seen())
                .isEqualTo("kubernetes.podSubnet 10.244.0.0/16 overlaps route 10.244.7.0/24");
    }

    @Test
    void theLabsOwnDockerNetworkIsNot() throws IOException, SpecException {
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
                                    () -> new FreeSubnets(spec, engine("docker.sock")).look()))
                    .isInstanceOf(Finding.Ok.class);
        }
        assertThat(namespace.<Finding>call(() -> new FreeSubnets(spec, engine("none")).look()))
                .isInstanceOf(Finding.Missing.class);
    }

    /** A namespace with a default route, which is in nobody's way, and another. */
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

    private Preflight preflight(Map<String, String> environment) {
        return new Preflight(environment, folder);
    }

    private static LabSpec spec() throws SpecException {
        return SpecLoader.load("flannel-ipip");
    }

    private static List<String> trialMounts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.filter(line -> line.contains("/lab-")).toList();
        }
    }
}
