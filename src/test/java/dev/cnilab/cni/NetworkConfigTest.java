package dev.cnilab.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkConfigTest {

    private static final String VALID =
            """
            {"cniVersion": "1.0.0", "name": "cbr0", "type": "lab-ipip",
             "runtimeConfig": {"portMappings": [{"hostPort": 80, "containerPort": 8080}]},
             "prevResult": {"ips": [{"address": "10.244.1.2/24"}], "routes": [], "dns": {}}}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "{} {}", "{\"name\":}", "\u0000"})
    void refusesWhatIsNoObject(String text) {
        assertThat(error(bytes(text)).code()).isEqualTo(CniException.Code.DECODE);
    }

    @Test
    void rejectsEndlessAndDeeplyNestedInput() {
        assertThat(error(bytes(" ".repeat(NetworkConfig.MAX_BYTES + 1))).details())
                .contains("longer than 1048576 bytes");
        assertThat(error(bytes("[".repeat(100_000))).code()).isEqualTo(CniException.Code.DECODE);
    }

    @ParameterizedTest
    @CsvSource({"'', has no", "../etc, is invalid", "-x, is invalid"})
    void refusesNamesThatAreNoDirectories(String name, String why) {
        CniException error = error(bytes(VALID.replace("cbr0", name)));

        assertThat(error.code()).isEqualTo(CniException.Code.CONFIG);
        assertThat(error).hasMessageContaining(why);
    }

    @Test
    void damagedInputFailsWithACniException() throws Exception {
        Random random = new Random(20261123);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = bytes(VALID);
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                NetworkConfig config = NetworkConfig.parse(damaged);
                CniResult.parse(config.json().path("prevResult"));
            } catch (CniException e) {
                assertThat(e.code())
                        .isIn(
                                CniException.Code.DECODE,
                                CniException.Code.VERSION,
                                CniException.Code.CONFIG);
            }
        }
    }

    private static CniException error(byte[] stdin) {
        return catchThrowableOfType(CniException.class, () -> NetworkConfig.parse(stdin));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
