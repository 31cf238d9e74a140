package dev.cnilab.preflight;

import dev.cnilab.base.Remedy;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Kernel modules, which can be loaded when modprobe(8) and the kernel's modules are installed. */
public record KernelModules(List<String> names, SearchPath programs) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    public KernelModules {
        names = List.copyOf(names);
    }

    public KernelModules(SearchPath programs, String... names) {
        this(List.of(names), programs);
    }

    public Remedy remedy() {
        return Remedy.type("sudo modprobe -a " + String.join(" ", names));
    }

    /**
     * Loads the modules.
     *
     * @return what was done; empty without modprobe
     * @throws IOException with modprobe's error
     */
    public List<String> load() throws IOException {
        Optional<Path> modprobe = programs.find("modprobe");
        if (modprobe.isEmpty()) {
            return List.of();
        }
        List<String> argv = new ArrayList<>(List.of(modprobe.get().toString(), "-a"));
        argv.addAll(names);
        ExecResult result = Command.of(argv).run(TIMEOUT);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        return List.of("loaded " + String.join(", ", names));
    }
}
