package dev.cnilab.embedded.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.preflight.Finding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir private Path folder;

    @Test
    void nodesMustSeeTheStateFolder() {
        assertThat(new StateFolder(folder).inspect()).isInstanceOf(Finding.Ok.class);
        assertThat(new StateFolder(Path.of("/run/user/../state/lab")).inspect())
                .isInstanceOf(Finding.Missing.class)
                .extracting(Finding::seen)
                .isEqualTo("/run/user/../state/lab is below /run");
    }
}
