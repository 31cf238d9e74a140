package dev.cnilab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6PrefixTest {

    /** The rules of RFC 5952, section 4, with its own examples. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001/64,               2001:db8::1/64",
        "2001:db8:0:0:0:0:2:1/64,          2001:db8::2:1/64",
        "2001:db8:0:1:1:1:1:1/64,          2001:db8:0:1:1:1:1:1/64",
        "2001:0:0:1:0:0:0:1/64,            2001:0:0:1::1/64",
        "2001:db8:0:0:1:0:0:1/64,          2001:db8::1:0:0:1/64",
        "2001:DB8:AAAA:BBBB:CCCC:DDDD::1/64, 2001:db8:aaaa:bbbb:cccc:dddd:0:1/64",
        "0:0:0:0:0:0:0:0/0,                ::/0",
        "0:0:0:0:0:0:0:1/128,              ::1/128",
        "fe80:0:0:0:0:0:0:0/10,            fe80::/10",
        "fd00:172:18:1::1/64,              fd00:172:18:1::1/64"
    })
    void writesTheCanonicalForm(String text, String canonical) {
        assertThat(Ipv6Prefix.parse(text)).hasToString(canonical);
        assertThat(Ipv6Prefix.parse(canonical)).isEqualTo(Ipv6Prefix.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fd00::",
                "fd00::/",
                "fd00::/129",
                "fd00::/064",
                "fd00::/-1",
                "fd00::1::2/64",
                "fd00:12345::/64",
                "g::/64",
                "10.0.0.0/8",
                "localhost/64",
                "fe80::1%eth0/64",
                "::ffff:10.0.0.1/96"
            })
    void refusesAllElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv6Prefix.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "fd00:1:2:3:4:5:6:7/64,  fd00:1:2:3::/64",
        "fd00:1:2:3:4:5:6:7/0,   ::/0",
        "fd00:1:2:3:4:5:6:7/48,  fd00:1:2::/48",
        "fd00:1:2:3:4:5:6:7/112, fd00:1:2:3:4:5:6:0/112",
        "fd00:1:2:3:4:5:6:7/128, fd00:1:2:3:4:5:6:7/128"
    })
    void knowsItsNetwork(String text, String network) {
        assertThat(Ipv6Prefix.parse(text).network()).isEqualTo(Ipv6Prefix.parse(network));
    }

    @Test
    void overlapComparesTheShorterLength() {
        Ipv6Prefix wide = Ipv6Prefix.parse("fd00::/16");

        assertThat(wide.overlaps(Ipv6Prefix.parse("fd00:172:18:1::/64"))).isTrue();
        assertThat(Ipv6Prefix.parse("fd00:172:18:1::/64").overlaps(wide)).isTrue();
        assertThat(wide.overlaps(Ipv6Prefix.parse("fd01::/16"))).isFalse();
    }

    @Test
    void hostIndexStartsAtTheSubnetsFirstAddress() {
        assertThat(Ipv6Prefix.parse("fd00:172:18:1::9/64").host(2))
                .hasToString("fd00:172:18:1::2/64");
    }

    @Test
    void bytesAreInNetworkByteOrder() {
        assertThat(Ipv6Prefix.parse("102:304:506:708:90a:b0c:d0e:f10/128").toBytes())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    }
}
