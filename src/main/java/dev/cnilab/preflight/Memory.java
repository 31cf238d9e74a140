package dev.cnilab.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory for the Java processes of a lab.
 *
 * @param proc where proc(5) is mounted
 * @param nodes how many the lab has
 */
record Memory(Path proc, int nodes) implements Inspection {

    /** Resident sizes as measured: the API's process, and a node's agent with one demo pod. */
    private static final long API_MIB = 256;

    private static final long NODE_MIB = 320;

    @Override
    public Finding inspect() throws IOException {
        long wanted = API_MIB + nodes * NODE_MIB;
        long available = available();
        String seen = available + " MiB available, about " + wanted + " MiB needed";
        return available >= wanted
                ? new Finding.Ok(seen)
                : new Finding.Warning(
                        seen,
                        "the lab may be slow, or the kernel may kill parts of it",
                        "end other programs, or take fewer nodes: lab up --nodes N");
    }

    /** In MiB; the kernel's own estimate, proc_meminfo(5). */
    private long available() throws IOException {
        for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        throw new IOException("no MemAvailable in /proc/meminfo");
    }
}
