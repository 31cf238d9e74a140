package dev.cnilab.cni.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cni.backend.IpipBackend;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticLeasesTest {

    private static final String A = entry("a", "10.244.0.0/24", "192.0.2.1");
    private static final String B = entry("b", "10.244.1.0/24", "192.0.2.2");
    private static final Lease LEASE_A = lease("a", "10.244.0.0/24", "192.0.2.1");
    private static final Lease LEASE_B = lease("b", "10.244.1.0/24", "192.0.2.2");

    @TempDir Path folder;
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    @Test
    void returnsThisNodesSubnetAndAddress() throws IOException {
        try (StaticLeases leases = leases("b", A, B)) {
            assertThat(leases.own())
                    .isEqualTo(
                            new LeaseSource.Own(LEASE_B.subnet(), Optional.of(LEASE_B.publicIp())));
        }
    }

    @Test
    void listsTheNodesWhenThisOneIsUnknown() throws IOException {
        try (StaticLeases leases = leases("c", A, B)) {
            assertThatThrownBy(leases::own).hasMessageContaining("no node 'c'; it has [a, b]");
        }
    }

    @Test
    void reportsChangesAndKeepsTheLastValidState() throws Exception {
        BlockingQueue<List<Lease>> seen = new LinkedBlockingQueue<>();
        try (StaticLeases leases = leases("a", A)) {
            leases.watch(seen::add);
            assertThat(seen.poll()).containsExactly(LEASE_A);

            replace("{\"nodes\": [");
            assertThat(log.poll(5, TimeUnit.SECONDS)).contains("not valid JSON");

            replace(file(A, B));
            assertThat(seen.poll(5, TimeUnit.SECONDS)).containsExactly(LEASE_A, LEASE_B);
            assertThat(seen).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, 10.244.2.0/24, 192.0.2.3, nodes.1.node 'a' appears twice",
        "b, 10.244.1.0/24, 192.0.2.1, 'nodes.1.publicIp is that of node a, too'",
        "b, 10.244.0.0/16, 192.0.2.2, nodes.1.subnet 10.244.0.0/16 overlaps 10.244.0.0/24 of a",
        "b, 10.244.1.7/24, 192.0.2.2, nodes.1.subnet 10.244.1.7/24 has host bits set",
        "b, 10.244.1.0/24, 192.0.2, nodes.1.publicIp is not an IPv4 address: '192.0.2'",
    })
    void refusesWhatCannotWork(String node, String subnet, String publicIp, String problem)
            throws IOException {
        try (StaticLeases leases = leases("a", A, entry(node, subnet, publicIp))) {
            assertThatThrownBy(leases::own)
                    .hasMessageContaining("leases.json:1:")
                    .hasMessageContaining(problem);
        }
    }

    private StaticLeases leases(String node, String... entries) throws IOException {
        Path path = folder.resolve("leases.json");
        Files.writeString(path, file(entries));
        return new StaticLeases(path, node, IpipBackend.TYPE, log::add);
    }

    private void replace(String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, folder.resolve("leases.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String file(String... entries) {
        return "{\"nodes\": [" + String.join(", ", entries) + "]}";
    }

    private static String entry(String node, String subnet, String publicIp) {
        return "{\"node\": \"%s\", \"subnet\": \"%s\", \"publicIp\": \"%s\"}"
                .formatted(node, subnet, publicIp);
    }

    private static Lease lease(String node, String subnet, String publicIp) {
        return new Lease(
                node,
                Ipv4Prefix.parse(subnet),
                Ipv4Address.parse(publicIp),
                IpipBackend.TYPE,
                "null");
    }
}
