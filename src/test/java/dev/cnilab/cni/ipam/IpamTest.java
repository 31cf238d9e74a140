package dev.cnilab.cni.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.CniException;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpamTest {

    private final Pool pool = new Pool(Ipv4Prefix.parse("10.244.1.1/24"));
    private final Ipam ipam = new Ipam(new InMemory());

    @Test
    void allocatesFrom2To254AndReportsExhaustion() throws Exception {
        for (int host = 2; host <= 254; host++) {
            assertThat(reserve("c" + host)).isEqualTo("10.244.1." + host);
        }
        assertThat(ipam.free(pool)).isZero();
        assertThatThrownBy(() -> reserve("late"))
                .isInstanceOf(CniException.class)
                .hasMessage("no IP addresses available in 10.244.1.0/24");
    }

    @Test
    void reusesAnAddressAsLateAsPossible() throws Exception {
        reserve("a");
        release("a");
        for (int host = 3; host <= 254; host++) {
            assertThat(reserve("c" + host)).isEqualTo("10.244.1." + host);
        }
        assertThat(reserve("b")).isEqualTo("10.244.1.2");
    }

    @Test
    void rejectsASecondAddForTheSameInterface() throws Exception {
        reserve("a");

        assertThatThrownBy(() -> reserve("a")).hasMessage("a/eth0 already has 10.244.1.2");
        Attachment other = new Attachment("a", "net1");
        assertThat(
                        ipam.reserve(pool, new Ipam.AllocationRequest(other, "", null, List.of()))
                                .address())
                .hasToString("10.244.1.3");
    }

    @Test
    void allocatesARequestedAddress() throws Exception {
        assertThat(reserve("a", "10.244.1.77")).isEqualTo("10.244.1.77");
        assertThatThrownBy(() -> reserve("b", "10.244.1.77"))
                .hasMessage("requested address 10.244.1.77 is in use");
        assertThat(reserve("c")).isEqualTo("10.244.1.78");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.244.1.0", "10.244.1.1", "10.244.1.255", "10.244.2.2"})
    void rejectsARequestedAddressOutsideThePool(String address) {
        assertThatThrownBy(() -> reserve("a", address)).hasMessageContaining("is not in the pool");
    }

    @Test
    void releasingAgainDoesNothing() throws Exception {
        reserve("a");
        release("a");
        release("a");

        assertThat(ipam.find(attachment("a"))).isEmpty();
        assertThat(ipam.free(pool)).isEqualTo(253);
    }

    @Test
    void rejectsAHostPortInUse() throws Exception {
        PortMapping everywhere = PortMapping.parse("TCP 0.0.0.0 8080 80");
        PortMapping local = PortMapping.parse("TCP 127.0.0.1 8080 81");
        ipam.reserve(
                pool, new Ipam.AllocationRequest(attachment("a"), "", null, List.of(everywhere)));

        assertThatThrownBy(() ->
                        ipam.reserve(
                                pool,
                                new Ipam.AllocationRequest(
                                        attachment("b"), "", null, List.of(local))))
                .hasMessage("host port 8080/TCP is in use");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1/30, 1", "10.0.0.1/29, 5", "10.0.0.129/25, 125"})
    void smallPoolsHaveWhatIsLeft(String gateway, int size) throws Exception {
        Pool small = Pool.of(Ipv4Prefix.parse(gateway));

        assertThat(small.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            ipam.reserve(
                    small, new Ipam.AllocationRequest(attachment("c" + i), "", null, List.of()));
        }
        assertThat(ipam.free(small)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/31", "10.0.0.1/32", "0.0.0.1/0"})
    void otherSubnetsAreNone(String gateway) {
        assertThatThrownBy(() -> Pool.of(Ipv4Prefix.parse(gateway)))
                .hasMessageContaining("is not usable");
    }

    private String reserve(String container) throws IOException {
        return reserve(container, null);
    }

    private String reserve(String container, @Nullable String wanted) throws IOException {
        Ipv4Address address = wanted == null ? null : Ipv4Address.parse(wanted);
        return ipam.reserve(
                        pool,
                        new Ipam.AllocationRequest(
                                attachment(container), "/run/n", address, List.of()))
                .address()
                .toString();
    }

    private void release(String container) throws IOException {
        ipam.releaseUnless(each -> !each.attachment().equals(attachment(container)));
    }

    private static Attachment attachment(String container) {
        return new Attachment(container, "eth0");
    }

    private static final class InMemory implements Reservations {
        private final Map<Ipv4Address, Reservation> held = new TreeMap<>();
        private @Nullable Ipv4Address last;

        @Override
        public Collection<Reservation> all() {
            return held.values();
        }

        @Override
        public @Nullable Ipv4Address last() {
            return last;
        }

        @Override
        public void put(Reservation reservation) {
            held.put(reservation.address(), reservation);
            last = reservation.address();
        }

        @Override
        public void remove(Ipv4Address address) {
            held.remove(address);
        }

        @Override
        public void close() {}
    }
}
