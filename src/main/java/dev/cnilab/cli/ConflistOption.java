package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cni.plugin.PluginInstaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --conflist}: the plugin's network configuration, from its installer or from the agent. */
final class ConflistOption {

    @Option(
            names = "--conflist",
            paramLabel = "FILE",
            description = "Another configuration than the default one, named cbr0.")
    @Nullable Path file;

    /**
     * @throws Failure if another CNI's configuration takes precedence
     */
    void configure(PluginInstaller installer) throws IOException {
        String text = file == null ? PluginInstaller.defaultConflist() : Files.readString(file);
        List<Path> rivals = installer.configure(text);
        if (!rivals.isEmpty()) {
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    "rival-conflist",
                    "another CNI's configuration takes precedence by its name",
                    rivals.toString(),
                    "remove or rename it");
        }
    }
}
