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
        byte[] wanted = ("\0" + String.join("\0", end) + "\0").getBytes(StandardCharsets.UTF_8);
        return ProcessHandle.allProcesses()
                .filter(process -> endsWith(arguments(process.pid()), wanted))
                .flatMap(process -> of(process.pid()).stream())
                .toList();
    }

    /**
     * Each with a zero byte behind it. ProcessHandle's own gives up on more than a page, which a
     * class path soon has.
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
