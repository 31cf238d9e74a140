package dev.cnilab.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CniRequestTest {

    private static final Map<String, String> ADD =
            Map.of(
                    "CNI_COMMAND", "ADD",
                    "CNI_CONTAINERID", "c1",
                    "CNI_NETNS", "/run/netns/c1",
                    "CNI_IFNAME", "eth0",
                    "CNI_ARGS", "IgnoreUnknown=1;IP=10.244.1.9;EMPTY=");

    @Test
    void parsesAllFieldsOfAdd() throws Exception {
        CniRequest.Add add = (CniRequest.Add) parse(ADD, "1.0.0");

        assertThat(add.attachment()).isEqualTo(new Attachment("c1", "eth0"));
        assertThat(add.netns()).isEqualTo(Path.of("/run/netns/c1"));
        assertThat(add.args())
                .isEqualTo(Map.of("IgnoreUnknown", "1", "IP", "10.244.1.9", "EMPTY", ""));
        assertThat(add.config().name()).isEqualTo("cbr0");
    }

    @Test
    void delNeedsNoNamespace() throws Exception {
        CniRequest.Del del =
                (CniRequest.Del) parse(with("CNI_COMMAND", "DEL", "CNI_NETNS", ""), "0.3.1");

        assertThat(del.netns()).isNull();
    }

    @Test
    void namesEveryMissingVariable() {
        CniException error = error(Map.of("CNI_COMMAND", "ADD"), "1.0.0");

        assertThat(error.code()).isEqualTo(CniException.Code.ENVIRONMENT);
        assertThat(error)
                .hasMessage(
                        "required environment variables missing: CNI_CONTAINERID, CNI_NETNS,"
                                + " CNI_IFNAME");
    }

    @ParameterizedTest
    @CsvSource({
        "CNI_COMMAND, ''",
        "CNI_COMMAND, add",
        "CNI_CONTAINERID, -c1",
        "CNI_CONTAINERID, ../c1",
        "CNI_CONTAINERID, 'c 1'",
        "CNI_IFNAME, sixteen-letters-",
        "CNI_IFNAME, a/b",
        "CNI_IFNAME, a:b",
        "CNI_IFNAME, 'a b'",
        "CNI_IFNAME, .",
        "CNI_IFNAME, ..",
        "CNI_NETNS, relative",
        "CNI_ARGS, nonsense",
    })
    void refusesInvalidVariables(String variable, String value) {
        CniException error = error(with(variable, value), "1.0.0");

        assertThat(error.code()).isEqualTo(CniException.Code.ENVIRONMENT);
        assertThat(error).hasMessageContaining(variable);
    }

    @ParameterizedTest
    @CsvSource({"CHECK, 0.3.1", "GC, 1.0.0", "STATUS, 1.0.0"})
    void refusesCommandsThatTheVersionDoesNotKnow(String command, String version) {
        CniException error = error(with("CNI_COMMAND", command), version);

        assertThat(error.code()).isEqualTo(CniException.Code.VERSION);
        assertThat(error).hasMessage("cniVersion %s does not allow %s".formatted(version, command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.2.0", "2.0.0", "1", "null"})
    void refusesVersionsNotSpokenHere(String version) {
        assertThat(error(ADD, version).code()).isEqualTo(CniException.Code.VERSION);
    }

    private static Map<String, String> with(String... pairs) {
        Map<String, String> changed = new HashMap<>(ADD);
        for (int i = 0; i < pairs.length; i += 2) {
            changed.put(pairs[i], pairs[i + 1]);
        }
        return changed;
    }

    private static CniException error(Map<String, String> environment, String version) {
        return catchThrowableOfType(CniException.class, () -> parse(environment, version));
    }

    private static CniRequest parse(Map<String, String> environment, String version)
            throws CniException {
        String json = "{\"cniVersion\":\"%s\",\"name\":\"cbr0\"}".formatted(version);
        NetworkConfig config = NetworkConfig.parse(json.getBytes(StandardCharsets.UTF_8));
        return CniRequest.of(CniCommand.of(environment), environment, config);
    }
}
