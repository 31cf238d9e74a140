package dev.cnilab.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Provider;
import dev.cnilab.embedded.EmbeddedProvider;
import dev.cnilab.preflight.Preflight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labs whose state is of another version of lab. */
class LabServiceIT {

    private static final Provider EMBEDDED = new EmbeddedProvider(new Preflight(List.of()), "test");

    private static final LabService.ProviderLookup PROVIDERS =
            new LabService.ProviderLookup() {
                @Override
                public Provider provider(String name) {
                    assertThat(name).isEqualTo(EMBEDDED.name());
                    return EMBEDDED;
                }

                @Override
                public List<Provider> candidates() {
                    return List.of(EMBEDDED);
                }
            };

    @TempDir private Path folder;

    @Test
    void downDeletesOneThatOtherCommandsRefuse() throws IOException {
        StateHome home = new StateHome(folder.resolve("lab"));
        LabFolder lab = home.lab("other");
        for (String version : List.of("", "\"format\":99,")) {
            lab.create();
            Files.writeString(lab.spec(), "what: ever");
            Files.writeString(
                    lab.path().resolve("lab.json"),
                    "{%s\"provider\":\"embedded\"}".formatted(version));
            Files.writeString(lab.path().resolve("cluster.json"), "{\"format\":99}");
            Files.writeString(lab.path().resolve("daemon.json"), "{\"format\":99}");
            assertThatThrownBy(() -> LabRecord.read(lab))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure ->
                                    assertThat(failure.remedy().commands())
                                            .containsExactly("lab down other"));

            new LabService(home, PROVIDERS).down("other", false, event -> {});

            assertThat(lab.exists()).isFalse();
        }
    }
}
