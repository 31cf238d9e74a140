package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindProgramTest {

    @TempDir private Path folder;

    @Test
    void findsKindOnThePath() throws IOException {
        Path file = kind("kind", "echo 'kind version 0.27.0'");
        assertThat(KindProgram.find(path(), nothing(), line -> {}))
                .isEqualTo(new KindProgram(file, "0.27.0"));
    }

    @Test
    void labKindTakesPrecedence() throws IOException {
        kind("kind", "echo 'kind version 0.27.0'");
        Path other = kind("other", "echo 'kind version 0.30.1'");
        Map<String, String> environment =
                Map.of("PATH", folder.toString(), "LAB_KIND", other.toString());
        assertThat(KindProgram.find(environment, nothing(), line -> {}).file()).isEqualTo(other);
    }

    @Test
    void invalidLabKindIsAnError() throws IOException {
        kind("kind", "echo 'kind version 0.27.0'");
        Map<String, String> environment =
                Map.of("PATH", folder.toString(), "LAB_KIND", "/nowhere/kind");
        Failure failure =
                catchThrowableOfType(
                        Failure.class, () -> KindProgram.find(environment, nothing(), l -> {}));
        assertThat(failure.id()).isEqualTo("kind-missing");
        assertThat(failure.evidence()).contains("/nowhere/kind");
    }

    @Test
    void missingKindWithoutDownloadsNamesTheFile() {
        Failure failure = failure();
        assertThat(failure.id()).isEqualTo("download-forbidden");
        assertThat(failure.remedy().text()).contains("--no-download", "https://github.com/");
    }

    @Test
    void findsKindInTheCache() throws IOException {
        Path file = kind(KindProgram.pinned().name(), "echo 'kind version 0.29.0'");
        assertThat(KindProgram.find(Map.of("PATH", "/nowhere"), nothing(), line -> {}).file())
                .isEqualTo(file);
    }

    @Test
    void oldKindIsRejected() throws IOException {
        kind("kind", "echo 'kind v0.19.0 go1.20.4 linux/amd64'");
        Failure failure = failure();
        assertThat(failure.id()).isEqualTo("kind-too-old");
        assertThat(failure.evidence()).contains("v0.19.0");
        assertThat(failure.what()).contains("0.20.0 or newer");
    }

    @Test
    void otherProgramIsRejected() throws IOException {
        kind("kind", "echo usage >&2; exit 2");
        assertThat(failure().evidence()).contains("exited 2: usage");
    }

    private Failure failure() {
        return catchThrowableOfType(
                Failure.class, () -> KindProgram.find(path(), nothing(), line -> {}));
    }

    private Path kind(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Map<String, String> path() {
        return Map.of("PATH", folder.toString());
    }

    private Downloads nothing() {
        return new Downloads(folder, false, Optional.empty());
    }
}
