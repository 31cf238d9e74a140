package dev.cnilab.tool;

import dev.cnilab.host.Sysctl;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * {@code hostname}: prints the host name that the kubelet set for the pod, which is not the
 * kernel's on the embedded cluster.
 */
final class Hostname implements Tool {

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        if (!args.isEmpty()) {
            throw new UsageException("takes no arguments");
        }
        String pod = System.getenv("HOSTNAME");
        out.println(pod == null ? new Sysctl("kernel.hostname").read() : pod);
        return 0;
    }
}
