package dev.cnilab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.244.1.6/24,   10.244.1.0,  255.255.255.0,   10.244.1.255,    256",
        "10.244.1.6/32,   10.244.1.6,  255.255.255.255, 10.244.1.6,      1",
        "10.244.1.7/31,   10.244.1.6,  255.255.255.254, 10.244.1.7,      2",
        "172.18.0.2/16,   172.18.0.0,  255.255.0.0,     172.18.255.255,  65536",
        "192.0.2.1/0,     0.0.0.0,     0.0.0.0,         255.255.255.255, 4294967296"
    })
    void knowsItsNetwork(String text, String network, String netmask, String broadcast, long size) {
        Ipv4Prefix prefix = Ipv4Prefix.parse(text);

        assertThat(prefix).hasToString(text);
        assertThat(prefix.network().address()).hasToString(network);
        assertThat(prefix.network().isNetwork()).isTrue();
        assertThat(prefix.isNetwork()).isEqualTo(prefix.address().toString().equals(network));
        assertThat(prefix.netmask()).hasToString(netmask);
        assertThat(prefix.broadcast()).hasToString(broadcast);
        assertThat(prefix.size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/ 8"
            })
    void refusesAllElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv4Prefix.parse(text));
    }

    @Test
    void constructorRejectsALengthOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ipv4Prefix(Ipv4Address.ANY, 33))
                .withMessage("prefix length 33 is not in 0..32");
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.0/16, 10.244.1.0/24, true,  true",
        "10.244.1.0/24, 10.244.0.0/16, false, true",
        "10.244.1.0/24, 10.244.1.9/24, true,  true",
        "10.244.0.0/24, 10.244.1.0/24, false, false",
        "0.0.0.0/0,     203.0.113.7/32, true, true"
    })
    void containsAndOverlaps(String one, String other, boolean contains, boolean overlaps) {
        Ipv4Prefix prefix = Ipv4Prefix.parse(one);

        assertThat(prefix.contains(Ipv4Prefix.parse(other))).isEqualTo(contains);
        assertThat(prefix.overlaps(Ipv4Prefix.parse(other))).isEqualTo(overlaps);
        assertThat(Ipv4Prefix.parse(other).overlaps(prefix)).isEqualTo(overlaps);
    }

    @Test
    void hostIndexStartsAtTheSubnetsFirstAddress() {
        Ipv4Prefix prefix = Ipv4Prefix.parse("10.244.1.77/24");

        assertThat(prefix.host(1)).hasToString("10.244.1.1");
        assertThat(prefix.contains(prefix.host(255))).isTrue();
        assertThat(prefix.contains(prefix.host(256))).isFalse();
    }
}
