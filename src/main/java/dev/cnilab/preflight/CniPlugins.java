package dev.cnilab.preflight;

import dev.cnilab.spec.CniSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks that this machine has the plugins of the lab's conflist. */
record CniPlugins(CniSpec.Conflist cni) implements Inspection {

    @Override
    public Finding inspect() {
        List<String> missing = cni.programs().stream().filter(name -> !installed(name)).toList();
        String plugins = String.join(", ", cni.programs());
        return missing.isEmpty()
                ? new Finding.Ok(cni.binDir() + " has " + plugins)
                : new Finding.Missing(
                        cni.binDir() + " does not have " + String.join(", ", missing),
                        "CNI plugins of " + cni.file() + " are missing",
                        "install the CNI plugins (Debian: apt install containernetworking-plugins),"
                                + " or set cni.binDir to their directory");
    }

    private boolean installed(String name) {
        Path program = cni.binDir().resolve(name);
        return Files.isRegularFile(program) && Files.isExecutable(program);
    }
}
