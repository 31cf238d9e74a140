package dev.cnilab.cli;

import dev.cnilab.host.Command;
import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Network namespaces on a machine that were not created by a lab, each with a process in it. */
final class ForeignNamespaces implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();

    /** Creates them as {@code ip netns} and container runtimes do. */
    static ForeignNamespaces on(Machine machine, List<String> names) throws IOException {
        ForeignNamespaces strangers = new ForeignNamespaces();
        machine.run(
                "sh",
                "-c",
                "mkdir /run/netns && mount --bind /run/netns /run/netns"
                        + " && mount --make-shared /run/netns");
        for (String name : names) {
            machine.run("touch", "/run/netns/" + name);
            machine.run("unshare", "--net=/run/netns/" + name, "true");
            NetNamespace namespace =
                    new NetNamespace(machine.path(NetNamespace.DIRECTORY.resolve(name)));
            strangers.processes.add(namespace.call(() -> Command.of("sleep", "600").start()));
        }
        return strangers;
    }

    boolean areAlive() {
        return processes.stream().allMatch(Process::isAlive);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
