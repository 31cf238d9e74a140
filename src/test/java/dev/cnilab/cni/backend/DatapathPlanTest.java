package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cni.backend.Datapath.Device;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatapathPlanTest {

    private static final Ipv4Prefix SUBNET = Ipv4Prefix.parse("10.244.0.0/24");
    private static final Ipv4Prefix TUNNEL_ADDRESS = Ipv4Prefix.parse("10.244.0.0/32");
    private static final Ipv4Address LOCAL = Ipv4Address.parse("172.18.0.2");
    private static final ExternalInterface ETH0 =
            new ExternalInterface("eth0", 2, Ipv4Prefix.parse("172.18.0.2/16"), 1500);
    private static final Lease NEAR = lease("10.244.1.0/24", "172.18.0.3");
    private static final Lease FAR = lease("10.244.2.0/24", "172.19.0.4");
    private static final Datapath WANTED =
            Datapath.wanted(new IpipBackend(false), SUBNET, ETH0, 1480, List.of(NEAR, FAR));
    private static final PeerRoute TO_NEAR = tunnelled("10.244.1.0/24", "172.18.0.3");
    private static final PeerRoute TO_FAR = tunnelled("10.244.2.0/24", "172.19.0.4");

    @Test
    void isEmptyWithoutDifferences() {
        assertThat(DatapathPlan.between(WANTED, WANTED)).isEmpty();
    }

    @Test
    void createsEverythingInAValidOrder() {
        Datapath bare = new Datapath(Optional.empty(), Set.of(), OptionalInt.empty());
        assertThat(DatapathPlan.between(bare, WANTED))
                .containsExactly(
                        new Operation.CreateDevice(LOCAL),
                        new Operation.SetMtu("flannel.ipip", 1480),
                        new Operation.AddAddress(TUNNEL_ADDRESS),
                        new Operation.SetUp(),
                        new Operation.PutRoute(TO_NEAR),
                        new Operation.PutRoute(TO_FAR));
    }

    @Test
    void restoresTheRoutesOfADeviceThatIsDown() {
        assertThat(DatapathPlan.between(actual(device(LOCAL, 1480, false), TO_NEAR), WANTED))
                .containsExactly(
                        new Operation.SetUp(),
                        new Operation.PutRoute(TO_NEAR),
                        new Operation.PutRoute(TO_FAR));
    }

    @Test
    void recreatesTheTunnelForAnotherLocalAddress() {
        Device old = device(Ipv4Address.parse("172.18.0.9"), 1480, true);
        assertThat(DatapathPlan.between(actual(old, TO_NEAR, TO_FAR), WANTED))
                .startsWith(new Operation.DeleteDevice(), new Operation.CreateDevice(LOCAL))
                .endsWith(new Operation.PutRoute(TO_NEAR), new Operation.PutRoute(TO_FAR));
    }

    @Test
    void repairsMtuAddressAndBridgeInPlace() {
        Device device =
                new Device(
                        TunnelDevice.settingsFor(LOCAL),
                        1400,
                        true,
                        Set.of(Ipv4Prefix.parse("10.9.0.0/32")));
        Datapath actual =
                new Datapath(Optional.of(device), Set.of(TO_NEAR, TO_FAR), OptionalInt.of(1400));
        assertThat(DatapathPlan.between(actual, WANTED))
                .containsExactly(
                        new Operation.SetMtu("flannel.ipip", 1480),
                        new Operation.DeleteAddress(Ipv4Prefix.parse("10.9.0.0/32")),
                        new Operation.AddAddress(TUNNEL_ADDRESS),
                        new Operation.SetMtu("cni0", 1480));
    }

    @Test
    void removesStaleRoutesAndReplacesMovedOnes() {
        PeerRoute gone = tunnelled("10.244.7.0/24", "172.18.0.7");
        PeerRoute moved = tunnelled("10.244.1.0/24", "172.18.0.99");
        assertThat(
                        DatapathPlan.between(
                                actual(device(LOCAL, 1480, true), gone, moved, TO_FAR), WANTED))
                .containsExactly(new Operation.DeleteRoute(gone), new Operation.PutRoute(TO_NEAR));
    }

    @Test
    void deletesASecondRouteToASubnet() {
        PeerRoute second = tunnelled("10.244.1.0/24", "172.18.0.99");
        assertThat(
                        DatapathPlan.between(
                                actual(device(LOCAL, 1480, true), second, TO_NEAR, TO_FAR), WANTED))
                .containsExactly(new Operation.DeleteRoute(second));
    }

    @Test
    void routesDirectlyOnlyWithinTheSubnet() {
        assertThat(
                        Datapath.wanted(
                                        new IpipBackend(true),
                                        SUBNET,
                                        ETH0,
                                        1480,
                                        List.of(NEAR, FAR))
                                .routes())
                .containsExactly(
                        new PeerRoute(NEAR.subnet(), NEAR.publicIp(), "eth0", false), TO_FAR);
    }

    @Test
    void keepsDirectRoutesWhenTheTunnelIsRecreated() {
        Datapath wanted = Datapath.wanted(new IpipBackend(true), SUBNET, ETH0, 1480, List.of(NEAR));
        Datapath actual = new Datapath(Optional.empty(), wanted.routes(), OptionalInt.empty());
        assertThat(DatapathPlan.between(actual, wanted))
                .noneMatch(operation -> operation instanceof Operation.PutRoute)
                .hasSize(4);
    }

    private static Datapath actual(Device device, PeerRoute... routes) {
        return new Datapath(Optional.of(device), Set.of(routes), OptionalInt.empty());
    }

    private static Device device(Ipv4Address local, int mtu, boolean up) {
        return new Device(TunnelDevice.settingsFor(local), mtu, up, Set.of(TUNNEL_ADDRESS));
    }

    private static PeerRoute tunnelled(String dst, String gateway) {
        return new PeerRoute(
                Ipv4Prefix.parse(dst), Ipv4Address.parse(gateway), "flannel.ipip", true);
    }

    private static Lease lease(String subnet, String publicIp) {
        return new Lease(
                subnet,
                Ipv4Prefix.parse(subnet),
                Ipv4Address.parse(publicIp),
                IpipBackend.TYPE,
                "null");
    }
}
