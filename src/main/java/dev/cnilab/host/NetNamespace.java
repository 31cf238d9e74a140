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
 * A network namespace referred to by a file: a bind mount as iproute2 creates them, or {@code
 * /proc/PID/ns/net}.
 *
 * <p>Work inside runs on a new platform thread that joins the namespace and ends with the work. A
 * thread inherits the namespaces of the thread that starts it. Therefore work inside must not cause
 * a shared pool to start threads, and nothing here runs on virtual threads: waking one may start a
 * carrier thread that all of them share (docs/decisions/0019).
 *
 * @param path the file, absolute
 */
public record NetNamespace(Path path) {

    /** The directory of named namespaces, as {@code ip netns} uses it. */
    public static final Path DIRECTORY = Path.of("/run/netns");

    static final int CLONE_NEWNET = 0x40000000;

    private static final Path OF_THREAD = Path.of("/proc/thread-self/ns/net");

    /** include/uapi/linux/nsfs.h: returns the type of namespace a file refers to. */
    private static final int NS_GET_NSTYPE = 0xb703;

    /** How long an interrupted caller waits for the running work to finish. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** Work that may fail with an I/O error. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Work with a namespace that exists only for its duration. */
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
     * Returns a namespace by the path that a program on the host reported, such as a container
     * runtime. The path may differ here when this process runs in a container that shares the
     * host's PID namespace.
     */
    public static NetNamespace seenByMachine(Path path) {
        // Resolving an absolute symbolic link, such as /var/run, would lead back into this
        // process's own file system.
        String real = path.toString().replaceFirst("^/var/run/", "/run/");
        // A rootless container runtime may not access the root of the machine's first process.
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

    /** Returns the network namespace of a running process. */
    public static NetNamespace ofProcess(long pid) {
        return new NetNamespace(Path.of("/proc", Long.toString(pid), "ns", "net"));
    }

    /**
     * Creates a new namespace and mounts it at {@code path}; its loopback is down.
     *
     * @throws java.nio.file.FileAlreadyExistsException when the file exists
     */
    public static NetNamespace create(Path path) throws IOException {
        return create(path, () -> {});
    }

    /**
     * Creates a namespace as {@link #create(Path)} does.
     *
     * @param before runs in the new namespace before it is mounted at the path
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
     * Runs work with a new namespace that has no name, so that nothing remains even when this
     * process is killed.
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

    /**
     * Checks whether the file exists and refers to a namespace; an empty file left over by a killed
     * process does not.
     */
    public boolean exists() {
        try (Fd file = Fd.open(path, Fd.O_RDONLY | Fd.O_NONBLOCK)) {
            return Syscall.IOCTL.raw(file.number(), NS_GET_NSTYPE) == CLONE_NEWNET;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Removes the name; the kernel deletes the namespace when its last process exits. Repeatable.
     */
    public void delete() throws IOException {
        Mounts.detach(path);
        Files.deleteIfExists(path);
    }

    /**
     * Runs the work in the namespace and waits for it.
     *
     * @throws IOException from the work, or when joining failed
     */
    public <T> T call(Work<T> work) throws IOException {
        return onFreshThread(
                "netns-" + name(),
                () -> {
                    enter();
                    return work.run();
                });
    }

    /** Runs work without a result as {@link #call} does. */
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

    /** Moves the calling thread into the namespace; only for a thread that ends afterwards. */
    void enter() throws IOException {
        try (Fd namespace = Fd.open(path, Fd.O_RDONLY)) {
            setns(namespace);
        }
    }

    private void setns(Fd namespace) throws IOException {
        Syscall.SETNS.call("join network namespace " + path, namespace.number(), CLONE_NEWNET);
    }

    /** Lets the running work finish, so that it can be undone; then restores the interrupt. */
    private static void settle(Thread thread) {
        try {
            thread.join(SETTLING);
        } catch (InterruptedException e) {
            // interrupted again
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
