package dev.cnilab.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks the memory for the Java processes of a lab.
 *
 * @param proc where proc(5) is mounted
 * @param nodes the lab's number of nodes
 */
record Memory(Path proc, int nodes) implements Inspection {

    /** Measured resident sizes: the API's process, and a node's agent with one demo pod. */
    private static final long API_MIB = 256;

    private static final long NODE_MIB = 320;

    @Override
    public Finding inspect() throws IOException {
        long required = API_MIB + nodes * NODE_MIB;
        long available = available();
        String seen = available + " MiB available, about " + required + " MiB needed";
        return available >= required
                ? new Finding.Ok(seen)
                : new Finding.Warning(
                        seen,
                        "the lab may be slow, or the kernel may kill parts of it",
                        "stop other programs, or use fewer nodes: lab up --nodes N");
    }

    /** Returns MemAvailable in MiB, the kernel's estimate: proc_meminfo(5). */
    private long available() throws IOException {
        for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        throw new IOException("no MemAvailable in /proc/meminfo");
    }
}
