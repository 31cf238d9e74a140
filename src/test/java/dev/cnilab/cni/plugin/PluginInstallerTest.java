package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInstallerTest {

    @TempDir Path directory;
    private PluginInstaller installer;
    private JavaRuntime runtime;

    @BeforeEach
    void makeRuntime() throws IOException {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("bin/java"), "java");
        Path jar = Files.writeString(directory.resolve("lab.jar"), "jar");
        runtime = new JavaRuntime(home, List.of(jar, directory));
        installer = new PluginInstaller(directory.resolve("bin"), directory.resolve("net.d"));
    }

    @Test
    void installsAndUninstallsTheShimsFiles() throws Exception {
        installer.install(runtime);
        assertThat(installer.configure(PluginInstaller.defaultConflist())).isEmpty();

        assertThat(directory.resolve("bin/lab-ipip")).isExecutable();
        assertThat(directory.resolve("bin/lab-ipip.d/runtime"))
                .hasContent("java=jre/bin/java\nclasspath=lib/lab.jar:" + directory + "\n");
        assertThat(directory.resolve("bin/lab-ipip.d/lib/lab.jar")).hasContent("jar");
        assertThat(directory.resolve("bin/lab-ipip.d/jre/bin/java")).hasContent("java");
        assertThat(directory.resolve("net.d/10-lab-ipip.conflist")).content().contains("cbr0");

        installer.uninstall();
        installer.uninstall();
        assertThat(directory.resolve("bin")).isEmptyDirectory();
        assertThat(directory.resolve("net.d")).isEmptyDirectory();
    }

    @Test
    void usesAJdkInPlace() throws Exception {
        Files.writeString(runtime.home().resolve("bin/javac"), "javac");

        installer.install(runtime);

        assertThat(directory.resolve("bin/lab-ipip.d/runtime"))
                .content()
                .startsWith("java=" + runtime.home() + "/bin/java\n");
    }

    @Test
    void reportsConfigurationsWithPrecedence() throws Exception {
        Path confDir = Files.createDirectory(directory.resolve("net.d"));
        Path rival = Files.writeString(confDir.resolve("05-calico.conflist"), "{}");
        Files.writeString(confDir.resolve("87-podman.conflist"), "{}");
        Files.writeString(confDir.resolve("00-notes.txt"), "");

        assertThat(installer.configure(PluginInstaller.defaultConflist())).containsExactly(rival);
    }

    @Test
    void doesNotWriteAnInvalidConflist() throws Exception {
        assertThatThrownBy(() -> installer.configure("{"))
                .hasMessageContaining("cannot be decoded");

        try (Stream<Path> made = Files.list(directory)) {
            assertThat(made.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("home", "lab.jar");
        }
    }
}
