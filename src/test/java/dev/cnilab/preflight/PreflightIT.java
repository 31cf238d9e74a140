package dev.cnilab.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.SearchPath;
import dev.cnilab.host.Sysctl;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.NewLink;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The checks on this machine, as root. */
class PreflightIT {

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    @Test
    void detectsTheDriver() throws IOException {
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
        Finding finding =
                new IpipDriver(new KernelModules(SearchPath.of(System.getenv()), "ipip")).inspect();

        assertThat(finding instanceof Finding.Ok).isEqualTo(usable);
        assertThat(finding).isNotInstanceOf(Finding.Missing.class);
    }

    @Test
    @TypesRemedyOf("preflight.Sysctls.inspect")
    void aSysctlIsRaisedAsPrinted() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        Sysctls sysctls = new Sysctls(Map.of("net.core.somaxconn", 70_000L));
        Finding lower = namespace.call(sysctls::inspect);
        assertThat(lower).isInstanceOf(Finding.Warning.class);

        TypedFix.in(argv -> namespace.call(() -> Command.of(argv).start()))
                .type(((Finding.Warning) lower).remedy().script());

        assertThat(namespace.call(sysctls::inspect)).isInstanceOf(Finding.Ok.class);
    }

    @Test
    void anAttemptRunsInItsOwnNamespace() throws IOException {
        assertThat(
                        ScratchNamespace.refusal(namespace -> {
                            try (Connection connection = Connection.open(namespace)) {
                                assertThat(new Links(connection).list()).noneMatch(Link::up);
                            }
                            throw new IOException("enough");
                        }))
                .contains("enough");
    }

    @Test
    void raisesAndNeverLowersSysctls() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        Sysctl ttl = new Sysctl("net.ipv4.ip_default_ttl");
        Sysctl ports = new Sysctl("net.ipv4.ip_unprivileged_port_start");
        Map<String, Long> minimums = new HashMap<>(Map.of(ttl.key(), 100L, ports.key(), 80L));
        namespace.run(() -> {
            ttl.write("64");
            ports.write("1024");
            Sysctls sysctls = new Sysctls(minimums);

            assertThat(sysctls.inspect())
                    .isInstanceOf(Finding.Warning.class)
                    .extracting(Finding::seen)
                    .isEqualTo("net.ipv4.ip_default_ttl is 64, expected at least 100");
            assertThat(sysctls.raise()).containsExactly("net.ipv4.ip_default_ttl: 64 -> 100");
            assertThat(ttl.read()).isEqualTo("100");
            assertThat(ports.read()).isEqualTo("1024");
            assertThat(sysctls.inspect()).isInstanceOf(Finding.Ok.class);
            assertThat(sysctls.raise()).isEmpty();
        });
    }
}
