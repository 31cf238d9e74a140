package dev.cnilab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4AddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0",
        "10.0.0.1, 167772161",
        "127.255.255.255, 2147483647",
        "255.255.255.255, -1"
    })
    void readsAndWritesDottedQuads(String text, int bits) {
        Ipv4Address address = Ipv4Address.parse(text);

        assertThat(address.bits()).isEqualTo(bits);
        assertThat(address).hasToString(text);
        assertThat(Ipv4Address.of(address.toBytes())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.256",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.00",
                "1.2.3.-1",
                "1.2.3.+1",
                "1.2.3.0x1",
                " 1.2.3.4",
                "1.2.3.٣",
                "1.2.3.4/24",
                "::1"
            })
    void refusesAllElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Address.parse(text))
                .withMessage("not an IPv4 address: '" + text + "'");
    }

    @Test
    void readsBytesAtAnOffset() {
        assertThat(Ipv4Address.of(new byte[] {9, 9, (byte) 192, 0, 2, (byte) 200, 9}, 2))
                .isEqualTo(Ipv4Address.parse("192.0.2.200"));
    }

    @Test
    void comparesAndAddsUnsigned() {
        assertThat(Ipv4Address.parse("127.255.255.255").plus(1)).hasToString("128.0.0.0");
        assertThat(Ipv4Address.parse("255.255.255.255").plus(1)).isEqualTo(Ipv4Address.ANY);
        List<Ipv4Address> unsorted =
                Stream.of("200.0.0.1", "10.0.0.2", "127.0.0.1", "10.0.0.1")
                        .map(Ipv4Address::parse)
                        .toList();
        assertThat(unsorted.stream().sorted().map(Object::toString))
                .containsExactly("10.0.0.1", "10.0.0.2", "127.0.0.1", "200.0.0.1");
    }
}
