package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandsPageTest {

    private static final Path PAGE = Path.of("docs/commands.md");

    /** {@code ./mvnw test -Dtest=CommandsPageTest -Dlab.docs.write=true} updates it. */
    @Test
    void pageIsUpToDate() throws IOException {
        String wanted = CommandsPage.of(Program.in(Path.of("unused"), Map.of()).line());
        if (Boolean.getBoolean("lab.docs.write")) {
            Files.writeString(PAGE, wanted);
        }

        assertThat(PAGE).content().isEqualTo(wanted);
    }
}
