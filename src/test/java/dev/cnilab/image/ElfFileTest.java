package dev.cnilab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    @TempDir Path temp;

    @Test
    void readsTheJavaLaunchersDependencies() throws IOException {
        ElfFile java = ElfFile.read(JAVA).orElseThrow();

        assertThat(Architecture.of(java.machine())).isPresent();
        assertThat(java.interpreter())
                .hasValueSatisfying(path -> assertThat(Path.of(path)).exists());
        assertThat(java.needed()).contains("libjli.so", "libc.so.6");
        assertThat(java.runPath()).contains("$ORIGIN/../lib");
    }

    @Test
    void ignoresOtherFiles() throws IOException {
        Path text = Files.writeString(temp.resolve("text"), "#!/bin/sh\n".repeat(20));

        assertThat(ElfFile.read(text)).isEmpty();
    }

    @Test
    void namesATruncatedFile() throws IOException {
        Path broken = temp.resolve("broken");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(JAVA), 700));

        assertThatThrownBy(() -> ElfFile.read(broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(broken.toString());
    }
}
