package dev.cnilab.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.spec.CniSpec;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CniPluginsTest {

    @TempDir private Path directory;

    @Test
    void namesWhatIsMissingOfTheExampleAndItsPackage() throws Exception {
        assertThat(inspect())
                .isInstanceOfSatisfying(
                        Finding.Missing.class,
                        missing -> {
                            assertThat(missing.seen())
                                    .isEqualTo(
                                            directory
                                                    + " does not have bridge, host-local, portmap");
                            assertThat(missing.remedy().text())
                                    .contains("containernetworking-plugins");
                        });
        for (String plugin : new String[] {"bridge", "host-local", "portmap"}) {
            Path program = Files.createFile(directory.resolve(plugin));
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        assertThat(inspect()).isInstanceOf(Finding.Ok.class);
    }

    private Finding inspect() throws Exception {
        String text =
                Files.readString(Path.of("docs/examples/bridge.yaml"))
                        .replace("/usr/lib/cni", directory.toString());
        LabSpec lab = SpecLoader.load(new LabSource("bridge.yaml", text, Optional.empty()));
        return new CniPlugins((CniSpec.Conflist) lab.cni()).inspect();
    }
}
