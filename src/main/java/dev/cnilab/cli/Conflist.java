package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cni.plugin.PluginInstaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The plugin's network configuration, from its installer or from the agent. */
final class Conflist {

    private Conflist() {}

    /**
     * @param file empty: the usual one, named cbr0
     * @throws Failure when another CNI's configuration wins over it
     */
    static void configure(PluginInstaller installer, Optional<Path> file) throws IOException {
        String text =
                file.isPresent() ? Files.readString(file.get()) : PluginInstaller.defaultConflist();
        List<Path> rivals = installer.configure(text);
        if (!rivals.isEmpty()) {
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    "rival-conflist",
                    "another CNI's configuration comes first by name, and wins",
                    rivals.toString(),
                    "remove or rename it");
        }
    }
}
