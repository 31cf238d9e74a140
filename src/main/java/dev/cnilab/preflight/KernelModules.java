package dev.cnilab.preflight;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parts of the kernel that can be loaded, where modprobe(8) and the kernel's modules are. */
public record KernelModules(List<String> names, SearchPath programs) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    public KernelModules {
        names = List.copyOf(names);
    }

    public KernelModules(SearchPath programs, String... names) {
        this(List.of(names), programs);
    }

    public String remedy() {
        return "sudo modprobe -a " + String.join(" ", names);
    }

    /**
     * @return what was done; empty where there is no modprobe
     * @throws IOException modprobe's complaint
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
