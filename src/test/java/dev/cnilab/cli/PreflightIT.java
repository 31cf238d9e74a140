package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.preflight.Requirement;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preflight checks on this machine, as root. */
class PreflightIT {

    @TempDir private Path folder;

    @Test
    void embeddedIsSupported() throws IOException, SpecException {
        preflight(Map.of()).require(LocalProvider.EMBEDDED, spec());
    }

    @Test
    void kindRequiresDocker() {
        Map<String, String> environment =
                Map.of("DOCKER_HOST", "unix://" + folder.resolve("none"), "PATH", "");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> preflight(environment).require(LocalProvider.KIND, spec()))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.PREFLIGHT);
                    assertThat(failure.id()).isEqualTo("docker");
                    assertThat(failure.evidence()).contains("no such socket");
                    assertThat(failure.remedy().text()).contains("systemctl start docker");
                });
    }

    @Test
    void checksLeaveNothing() throws IOException, SpecException {
        List<String> mounts = trialMounts();
        preflight(System.getenv()).requirements(spec()).forEach(Requirement::inspect);

        assertThat(trialMounts()).isEqualTo(mounts);
        assertThat(folder).isEmptyDirectory();
    }

    private Preflight preflight(Map<String, String> environment) {
        return Wiring.preflight(environment, folder);
    }

    private static LabSpec spec() throws SpecException {
        return SpecLoader.load("flannel-ipip");
    }

    private static List<String> trialMounts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.filter(line -> line.contains("/lab-")).toList();
        }
    }
}
