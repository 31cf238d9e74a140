package dev.cnilab.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingStateTest {

    @TempDir private Path folder;

    @Test
    void comesBackAsItWas() throws IOException {
        ExistingState state = new ExistingState("net", folder, "an/image:1");
        state.write();
        state.removal().done("a");

        assertThat(read()).isEqualTo(state);
        assertThat(read().removal().done()).containsExactly("a");
    }

    @Test
    void lab010WroteItWithoutAVersion() throws IOException {
        write("existing.json", "{\"image\": \"an/image:1\"}");
        write("removal", "a\n");
        write("taints.json", "{\"a\": [\"node-role.kubernetes.io/control-plane:NoSchedule\"]}");
        write(
                "objects.jsonl",
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\"}}\n");

        assertThat(read().image()).isEqualTo("an/image:1");
        assertThat(read().removal().begun()).isTrue();
        assertThat(read().removal().done()).containsExactly("a");
        assertThat(read().taints().noted())
                .containsOnlyKeys("a")
                .allSatisfy((node, taints) -> assertThat(taints).hasSize(1));
        assertThat(read().objects().contains("s")).isTrue();
    }

    @Test
    void newerFilesAreRefusedAndKept() throws IOException {
        ExistingState state = new ExistingState("net", folder, "");
        refused("existing.json", this::read);
        refused("removal", () -> state.removal().done("a"));
        refused("taints.json", () -> state.taints().noted());
        refused("objects.jsonl", () -> state.objects().contains("s"));
    }

    private void refused(String file, ThrowingCallable use) throws IOException {
        Path path = write(file, "{\"format\":3,\"else\":1}\n");

        Failure failure = catchThrowableOfType(Failure.class, use);

        assertThat(failure.id()).isEqualTo("state-format");
        assertThat(failure.what()).startsWith(path.toString());
        assertThat(failure.remedy().text()).endsWith("lab down net");
        assertThat(path).hasContent("{\"format\":3,\"else\":1}\n");
    }

    private ExistingState read() throws IOException {
        return ExistingState.read("net", folder);
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }
}
