package dev.cnilab.embedded;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.base.AtomicFile;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.host.FileTree;
import dev.cnilab.image.OwnImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The embedded cluster's state in a lab's directory.
 *
 * @param folder with mode 0700
 */
record ClusterState(Path folder) {

    private static final JsonMapper JSON = new JsonMapper();

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    Path pki() {
        return folder.resolve("pki");
    }

    /** Returns the directory of the API's objects. */
    Path objects() {
        return folder.resolve("objects");
    }

    Path log() {
        return folder.resolve("logs").resolve("daemon.log");
    }

    OwnImage image() {
        return new OwnImage(folder.resolve("image"));
    }

    /** Returns the plan with which the cluster was last created; empty without one. */
    Optional<ClusterPlan> plan() throws IOException {
        Optional<byte[]> bytes = read(planFile());
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(PlanJson.parse(JSON.readTree(bytes.get())));
    }

    void savePlan(ClusterPlan plan) throws IOException {
        AtomicFile.ownerOnly(planFile()).write(JSON.writeValueAsBytes(PlanJson.of(plan)));
    }

    /** Returns the modification time of a plan that lab 0.1.0 saved; empty without one. */
    Optional<Instant> plannedByFirstRelease() throws IOException {
        Optional<byte[]> bytes = read(planFile());
        return bytes.isEmpty() || PlanJson.ownsNames(JSON.readTree(bytes.get()))
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(planFile()).toInstant());
    }

    /** Returns the background process's record of itself. */
    Optional<DaemonRecord> daemon() throws IOException {
        Optional<byte[]> bytes = read(daemonFile());
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(JSON.readValue(bytes.get(), DaemonRecord.class));
    }

    void saveDaemon(DaemonRecord daemon) throws IOException {
        AtomicFile.ownerOnly(daemonFile()).write(JSON.writeValueAsBytes(daemon));
    }

    /** Returns the API's bearer token; creates it when there is none. */
    String token() throws IOException {
        Path file = folder.resolve("token");
        if (Files.notExists(file)) {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            AtomicFile.ownerOnly(file)
                    .write(
                            HexFormat.of()
                                    .formatHex(secret)
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        return Files.readString(file);
    }

    /** Deletes the cluster's files and keeps all others in the directory. Repeatable. */
    void delete() throws IOException {
        for (String name : List.of("nodes", "image", "pki", "objects", "logs")) {
            FileTree.delete(folder.resolve(name));
        }
        for (Path file : List.of(kubeconfig(), folder.resolve("token"), daemonFile(), planFile())) {
            Files.deleteIfExists(file);
        }
    }

    private Path planFile() {
        return folder.resolve("cluster.json");
    }

    private Path daemonFile() {
        return folder.resolve("daemon.json");
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
