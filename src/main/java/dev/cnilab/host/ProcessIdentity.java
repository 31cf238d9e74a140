package dev.cnilab.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A process, identified by its ID and start time, so that a later process with the same ID is not
 * mistaken for it.
 *
 * @param startTime field 22 of /proc/PID/stat (proc(5)): clock ticks after boot
 */
public record ProcessIdentity(long pid, long startTime) {

    /** Field 3 follows the ") " that ends field 2, which may contain any character. */
    private static final int START_TIME = 22 - 3;

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration KILL = Duration.ofSeconds(5);

    public static ProcessIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IOException("no /proc/" + pid + "/stat"));
    }

    /** Returns the identity of a process; empty when it does not exist or is a zombie. */
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            String stat =
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "stat"),
                            StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z")
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_TIME])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Lists the processes whose argument vectors end with these arguments; processes that this one
     * may not inspect are left out.
     */
    public static List<ProcessIdentity> withLastArguments(List<String> end) {
        byte[] suffix = ("\0" + String.join("\0", end) + "\0").getBytes(StandardCharsets.UTF_8);
        return ProcessHandle.allProcesses()
                .filter(process -> endsWith(arguments(process.pid()), suffix))
                .flatMap(process -> of(process.pid()).stream())
                .toList();
    }

    /**
     * Reads the arguments, each followed by a zero byte. {@link ProcessHandle} fails for argument
     * vectors longer than a page, which a class path easily exceeds.
     */
    private static byte[] arguments(long pid) {
        try {
            return Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        int from = bytes.length - end.length;
        return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /**
     * Stops the process: SIGTERM, then SIGKILL when it still runs after the grace period. A process
     * that exited already is no error.
     *
     * @throws IOException when it survives SIGKILL
     */
    public void end(Duration grace) throws IOException {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(found -> isAlive());
        if (handle.isEmpty()) {
            return;
        }
        handle.get().destroy();
        if (!gone(grace)) {
            handle.get().destroyForcibly();
            if (!gone(KILL)) {
                throw new IOException("process " + pid + " outlives SIGKILL");
            }
        }
    }

    /** Waits until the process has exited. A zombie counts as exited: it may never be reaped. */
    private boolean gone(Duration time) throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        try {
            while (isAlive()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(PAUSE);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("waiting for process " + pid);
        }
    }
}
