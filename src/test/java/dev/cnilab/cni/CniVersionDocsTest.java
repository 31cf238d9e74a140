package dev.cnilab.cni;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CniVersionDocsTest {

    private static final Pattern RANGE =
            Pattern.compile("CNI (?:specification )?(\\d\\S+) to\\s+(\\d\\S*\\d)");

    @ParameterizedTest
    @ValueSource(strings = {"CHANGELOG.md", "docs/cni.md"})
    void theVersionsAreThoseOfThePlugin(String file) throws IOException {
        assertThat(RANGE.matcher(Files.readString(Path.of(file))).results())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.group(1)).hasToString(CniVersion.values()[0].toString());
                    assertThat(found.group(2)).hasToString(CniVersion.NEWEST.toString());
                });
    }
}
