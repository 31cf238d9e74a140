package dev.cnilab.tool;

import dev.cnilab.host.Exec;
import dev.cnilab.host.NotExecutableException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * {@code in-pod NAMESPACE/POD COMMAND...}: executes a command of this node in the network namespace
 * of a pod, whatever the pod's image contains. Mounts, processes and users stay the node's.
 *
 * <p>Needs CAP_SYS_ADMIN for setns(2). In a container also the node's PID namespace and
 * CAP_SYS_PTRACE, to find the namespace below {@code /proc/1/root}.
 */
final class InPod implements Tool {

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        String[] pod = args.isEmpty() ? new String[0] : args.getFirst().split("/", -1);
        if (pod.length != 2 || args.size() < 2) {
            throw new UsageException("takes NAMESPACE/POD and a command");
        }
        NotExecutableException refused =
                Exec.inNetwork(
                        new CniCache(CniCache.DIRECTORY).of(pod[0], pod[1]),
                        args.subList(1, args.size()));
        err.println(refused.getMessage());
        return refused.exitCode();
    }
}
