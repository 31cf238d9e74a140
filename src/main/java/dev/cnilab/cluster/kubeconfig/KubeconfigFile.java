package dev.cnilab.cluster.kubeconfig;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.AtomicFile;
import dev.cnilab.base.Failure;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * A kubeconfig file shared with other programs. It is changed under client-go's lock
 * (tools/clientcmd/config.go): {@code FILE.lock} exists during the change. As with kubectl,
 * comments are lost.
 */
record KubeconfigFile(Path path) {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** How long to wait for the lock, which client-go holds for milliseconds. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A change of the file's content. */
    @FunctionalInterface
    interface Change {
        void to(ObjectNode config) throws IOException;
    }

    /**
     * The file's content; an empty object if the file does not exist.
     *
     * @throws Failure if it is not a kubeconfig
     */
    ObjectNode read() throws IOException {
        String text = Files.exists(path) ? Files.readString(path) : "";
        if (text.isBlank()) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", "v1")
                    .put("kind", "Config");
        }
        try {
            ObjectNode config = Serialization.unmarshal(text, ObjectNode.class);
            // kubectl writes an empty list as null.
            config.properties().removeIf(property -> property.getValue().isNull());
            return config;
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "kubeconfig-unreadable",
                    path + " is no kubeconfig",
                    String.valueOf(e.getMessage()),
                    "repair the file, or set KUBECONFIG to another one",
                    e);
        }
    }

    /**
     * Changes the file atomically.
     *
     * @throws Failure if another program holds the lock, or the file cannot be written
     */
    void change(Change change) throws IOException {
        Path lock = lock();
        try {
            ObjectNode config = read();
            ObjectNode before = config.deepCopy();
            change.to(config);
            if (!config.equals(before)) {
                replace(Serialization.asYaml(config));
            }
        } finally {
            Files.deleteIfExists(lock);
        }
    }

    private Path lock() throws IOException {
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        try {
            Files.createDirectories(path.resolveSibling(".").normalize());
        } catch (IOException e) {
            throw unwritable(e);
        }
        long deadline = System.nanoTime() + LOCK_TIMEOUT.toNanos();
        while (true) {
            try {
                return Files.createFile(lock, OWNER_ONLY);
            } catch (FileAlreadyExistsException e) {
                if (System.nanoTime() > deadline) {
                    throw locked(lock, e);
                }
                pause();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a kubeconfig is locked");
        }
    }

    private void replace(String text) throws IOException {
        // A symbolic link is kept.
        Path file = Files.exists(path) ? path.toRealPath() : path;
        try {
            AtomicFile target =
                    Files.exists(file)
                            ? new AtomicFile(file, Files.getPosixFilePermissions(file))
                            : AtomicFile.ownerOnly(file);
            target.write(text);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Failure locked(Path lock, IOException cause) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "kubeconfig-locked",
                path + " is locked by another program",
                lock + " has existed for more than " + LOCK_TIMEOUT.toSeconds() + " s",
                "wait for that kubectl or kind; if none runs: rm " + lock,
                cause);
    }

    private Failure unwritable(IOException cause) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "kubeconfig-unwritable",
                path + " can't be written",
                cause.toString(),
                "fix its permissions, or set KUBECONFIG to another file",
                cause);
    }
}
