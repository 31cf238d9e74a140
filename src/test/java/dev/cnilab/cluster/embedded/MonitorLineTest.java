package dev.cnilab.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Event;
import dev.cnilab.netlink.Neigh;
import org.junit.jupiter.api.Test;

/** In iproute2's words. */
class MonitorLineTest {

    private static final Ipv4Address WORKER = Ipv4Address.parse("172.18.0.3");
    private static final MacAddress MAC = MacAddress.parse("02:42:ac:12:00:03");

    private final MonitorLine lines = new MonitorLine();

    @Test
    void aNeighbourThatAnswered() {
        Neigh neigh = new Neigh(2, WORKER, MAC, Neigh.State.REACHABLE);
        assertThat(lines.of(new Event.NeighEvent(neigh, false)))
                .isEqualTo("[NEIGH]172.18.0.3 dev if2 lladdr 02:42:ac:12:00:03 REACHABLE");
        assertThat(lines.of(new Event.NeighEvent(neigh, true))).startsWith("[NEIGH]Deleted 172");
    }

    @Test
    void aNeighbourThatDidNot() {
        Neigh neigh = new Neigh(2, WORKER, null, Neigh.State.FAILED);
        assertThat(lines.of(new Event.NeighEvent(neigh, false)))
                .isEqualTo("[NEIGH]172.18.0.3 dev if2 FAILED");
    }
}
