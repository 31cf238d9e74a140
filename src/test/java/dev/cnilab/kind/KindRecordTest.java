package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindRecordTest {

    private static final KindRecord RECORD =
            new KindRecord(
                    "unix:///run/docker.sock",
                    "kind",
                    true,
                    List.of("net-worker", "net-control-plane"),
                    true);

    private Path folder = Path.of("");

    @BeforeEach
    void create(@TempDir Path labs) throws IOException {
        folder = Files.createDirectory(labs.resolve("net"));
    }

    @Test
    void comesBackAsItWas() throws IOException {
        RECORD.write(folder);
        assertThat(KindRecord.read(folder)).isEqualTo(RECORD);
    }

    @Test
    void lab010WroteItWithoutAVersion() throws IOException {
        Files.writeString(
                folder.resolve("kind.json"),
                "{\"dockerHost\": \"unix:///d\", \"network\": \"kind\", \"cluster\": true}");
        assertThat(KindRecord.read(folder))
                .isEqualTo(new KindRecord("unix:///d", "kind", true, List.of(), false));
    }

    @Test
    void aNewerOneIsRefusedWithTheCommandThatDeletesTheLab() throws IOException {
        String newer = "{\"format\": 2, \"engine\": {}}";
        Path file = Files.writeString(folder.resolve("kind.json"), newer);

        Failure failure = catchThrowableOfType(Failure.class, () -> KindRecord.read(folder));

        assertThat(failure.id()).isEqualTo("state-format");
        assertThat(failure.remedy().text()).endsWith("rm " + file + " && lab down net");
        assertThat(file).hasContent(newer);
    }
}
