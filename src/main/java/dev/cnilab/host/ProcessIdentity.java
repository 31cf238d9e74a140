package dev.cnilab.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A process that can't be taken for a later one with the same id.
 *
 * @param startTime field 22 of /proc/PID/stat (proc(5)): clock ticks after boot
 */
public record ProcessIdentity(long pid, long startTime) {

    /** After ") " of field 2, which may hold anything, field 3 comes first. */
    private static final int START_TIME = 22 - 3;

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration KILL = Duration.ofSeconds(5);

    public static ProcessIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IOException("no /proc/" + pid + "/stat"));
    }

    /** Empty when there is no such process, or only its zombie. */
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

    /** Those whose argument vectors end so; of processes that this one may not look at, none. */
    public static List<ProcessIdentity> withLastArguments(List<String> end) {
        return ProcessHandle.allProcesses()
                .filter(process -> endsWith(arguments(process.pid()), end))
                .flatMap(process -> of(process.pid()).stream())
                .toList();
    }

    /** ProcessHandle's own gives up on more than a page, which a class path soon has. */
    private static List<String> arguments(long pid) {
        try {
            Path file = Path.of("/proc", Long.toString(pid), "cmdline");
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean endsWith(List<String> arguments, List<String> end) {
        int from = arguments.size() - end.size();
        return from >= 0 && arguments.subList(from, arguments.size()).equals(end);
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /**
     * Ends it: SIGTERM, and SIGKILL when it has not gone within that time. Gone is no error.
     *
     * @throws IOException when even SIGKILL does not end it
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

    /** A zombie has gone too: where nobody reaps, it stays for ever. */
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
