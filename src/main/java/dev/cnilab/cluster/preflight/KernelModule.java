package dev.cnilab.cluster.preflight;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A part of the kernel that can be loaded, where modprobe(8) and the kernel's modules are. */
record KernelModule(String name, SearchPath programs) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    String remedy() {
        return "sudo modprobe " + name;
    }

    /**
     * @return what was done; empty where there is no modprobe
     * @throws IOException modprobe's complaint
     */
    List<String> load() throws IOException {
        Optional<Path> modprobe = programs.find("modprobe");
        if (modprobe.isEmpty()) {
            return List.of();
        }
        ExecResult result = Command.of(modprobe.get().toString(), name).run(TIMEOUT);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return List.of("modprobe " + name);
    }
}
