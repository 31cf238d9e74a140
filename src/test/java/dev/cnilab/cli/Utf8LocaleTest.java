package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The locale that .mvn/utf8-locale.sh selects. */
class Utf8LocaleTest {

    private static final String SHOW =
            ". .mvn/utf8-locale.sh && utf8_locale && echo \"${LC_ALL-}|${LANGUAGE-}\"";

    @ParameterizedTest
    @CsvSource({
        "LANG,     '',           C.UTF-8|",
        "LANG,     C,            C.UTF-8|C",
        "LC_ALL,   POSIX,        C.UTF-8|POSIX",
        "LC_CTYPE, C,            C.UTF-8|",
        "LANG,     xx_YY.UTF-8,  C.UTF-8|xx_YY.UTF-8",
        "LANG,     C.UTF-8,      |",
        "LC_ALL,   C.UTF-8,      C.UTF-8|",
    })
    void utf8LocaleIsKept(String variable, String locale, String expected) throws IOException {
        ExecResult result =
                Command.of("sh", "-c", SHOW)
                        .withOnly(Map.of("PATH", System.getenv("PATH"), variable, locale))
                        .run(Duration.ofSeconds(20));

        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).isEqualTo(expected + "\n");
    }
}
