package dev.cnilab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    @Test
    void parsesAndPrintsColons() {
        MacAddress mac = MacAddress.parse("FE:dc:ba:98:76:05");

        assertThat(mac.bits()).isEqualTo(0xfedcba987605L);
        assertThat(mac).hasToString("fe:dc:ba:98:76:05");
        assertThat(MacAddress.of(mac.toBytes(), 0)).isEqualTo(mac);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02:00:00:00:00",
                "02:00:00:00:00:00:00",
                "2:0:0:0:0:0",
                "02-00-00-00-00-00",
                "020000000000",
                "0g:00:00:00:00:00",
                "02:00:00:00:00:00\n"
            })
    void refusesAllElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse(text));
    }

    @Test
    void rejectsMoreThan48Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(-1));
    }

    @Test
    void isDerivedFromAnIpv4AddressAsByTheBridgePlugin() {
        assertThat(MacAddress.of(Ipv4Address.parse("10.244.1.1"))).hasToString("0a:58:0a:f4:01:01");
        assertThat(MacAddress.of(Ipv4Address.parse("192.168.255.254")))
                .hasToString("0a:58:c0:a8:ff:fe");
    }
}
