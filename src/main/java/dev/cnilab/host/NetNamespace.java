package dev.cnilab.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A network namespace kept by a file: a bind mount as iproute2 makes them, or {@code
 * /proc/PID/ns/net}.
 *
 * <p>Work inside runs on a fresh platform thread that joins the namespace and ends with the work.
 * Linux starts a thread in the namespaces of the one that starts it, so work inside must not make a
 * pool grow, and nothing here runs on virtual threads: the thread that wakes one may start a
 * carrier for all of them (docs/decisions/0019).
 *
 * @param path the file, absolute
 */
public record NetNamespace(Path path) {

    /** Where {@code ip netns} keeps its names. */
    public static final Path DIRECTORY = Path.of("/run/netns");

    static final int CLONE_NEWNET = 0x40000000;

    private static final Path OF_THREAD = Path.of("/proc/thread-self/ns/net");

    /** include/uapi/linux/nsfs.h: which kind of namespace a file holds. */
    private static final int NS_GET_NSTYPE = 0xb703;

    /** Longest that an interrupted caller waits for what is under way. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** Work that may fail with an I/O error. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Work with a namespace that goes with it. */
    @FunctionalInterface
    public interface UnnamedWork<T> {
        T run(NetNamespace namespace) throws IOException;
    }

    /** Work without a result. */
    @FunctionalInterface
    public interface Action {
        void run() throws IOException;
    }

    public static NetNamespace named(String name) {
        return new NetNamespace(DIRECTORY.resolve(name));
    }

    /**
     * One that a program of this machine named, which may see other files than this process does: a
     * container runtime, when this process is in a container with the machine's processes.
     */
    public static NetNamespace seenByMachine(Path path) {
        // An absolute link, as /var/run is one, would lead back into this process's own files.
        String real = path.toString().replaceFirst("^/var/run/", "/run/");
        // Whoever runs containers without being root is no user of the machine's first process.
        long runtime = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
        return Stream.of(path, seenBy(1, real), seenBy(runtime, real))
                .map(NetNamespace::new)
                .filter(NetNamespace::exists)
                .findFirst()
                .orElseGet(() -> new NetNamespace(path));
    }

    private static Path seenBy(long pid, String path) {
        return Path.of("/proc/" + pid + "/root" + path);
    }

    /** The namespace of a running process. */
    public static NetNamespace ofProcess(long pid) {
        return new NetNamespace(Path.of("/proc", Long.toString(pid), "ns", "net"));
    }

    /**
     * Makes a new namespace at {@code path} and brings nothing up in it.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the file is there
     */
    public static NetNamespace create(Path path) throws IOException {
        return create(path, () -> {});
    }

    /**
     * {@link #create(Path)}.
     *
     * @param before runs in the new namespace, before it has the path
     */
    static NetNamespace create(Path path, Action before) throws IOException {
        Files.createDirectories(path.getParent());
        onFreshThread(
                "netns-create",
                () -> {
                    Syscall.UNSHARE.call("unshare network namespace", CLONE_NEWNET);
                    before.run();
                    Files.createFile(path);
                    try {
                        Mounts.bind(OF_THREAD, path);
                    } catch (IOException | RuntimeException e) {
                        new NetNamespace(path).delete();
                        throw e;
                    }
                    return true;
                });
        return new NetNamespace(path);
    }

    /**
     * Has work done with a new namespace that has no name, so that nothing is left of it even where
     * this process is killed meanwhile.
     */
    public static <T> T withUnnamed(UnnamedWork<T> work) throws IOException {
        try (Fd namespace =
                onFreshThread(
                        "netns-create",
                        () -> {
                            Syscall.UNSHARE.call("unshare network namespace", CLONE_NEWNET);
                            return Fd.open(OF_THREAD, Fd.O_RDONLY);
                        })) {
            long process = ProcessHandle.current().pid();
            return work.run(
                    new NetNamespace(
                            Path.of("/proc/%d/fd/%d".formatted(process, namespace.number()))));
        }
    }

    public String name() {
        return path.getFileName().toString();
    }

    /** Whether the file is there and holds a namespace (a leftover empty file does not). */
    public boolean exists() {
        try (Fd file = Fd.open(path, Fd.O_RDONLY | Fd.O_NONBLOCK)) {
            return Syscall.IOCTL.raw(file.number(), NS_GET_NSTYPE) == CLONE_NEWNET;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes the name away; the namespace itself goes with its last process. Repeatable. */
    public void delete() throws IOException {
        Mounts.detach(path);
        Files.deleteIfExists(path);
    }

    /**
     * Runs the work inside and waits for it.
     *
     * @throws IOException the work's own, or joining failed
     */
    public <T> T call(Work<T> work) throws IOException {
        return onFreshThread(
                "netns-" + name(),
                () -> {
                    enter();
                    return work.run();
                });
    }

    /** {@link #call} without a result. */
    public void run(Action action) throws IOException {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** Starts a daemon thread that joins the namespace and then runs the loop. */
    public Thread start(String threadName, Runnable loop) throws IOException {
        Fd namespace = Fd.open(path, Fd.O_RDONLY);
        return Thread.ofPlatform()
                .daemon()
                .name(threadName)
                .start(() -> {
                    try (namespace) {
                        setns(namespace);
                    } catch (IOException e) {
                        throw new IllegalStateException("cannot join " + path, e);
                    }
                    loop.run();
                });
    }

    /** Moves the calling thread in; only for a thread that ends afterwards. */
    void enter() throws IOException {
        try (Fd namespace = Fd.open(path, Fd.O_RDONLY)) {
            setns(namespace);
        }
    }

    private void setns(Fd namespace) throws IOException {
        Syscall.SETNS.call("join network namespace " + path, namespace.number(), CLONE_NEWNET);
    }

    /** Lets what is under way end, so that it can be undone; then stays interrupted. */
    private static void settle(Thread thread) {
        try {
            thread.join(SETTLING);
        } catch (InterruptedException e) {
            // Asked once more to hurry.
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    static <T> T onFreshThread(String name, Work<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work::run);
        Thread thread = Thread.ofPlatform().name(name).start(task);
        try {
            T result = task.get();
            thread.join();
            return result;
        } catch (InterruptedException e) {
            thread.interrupt();
            settle(thread);
            throw new InterruptedIOException("interrupted in " + name);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
