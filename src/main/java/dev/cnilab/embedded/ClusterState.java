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
 * What the embedded cluster keeps in a lab's folder.
 *
 * @param folder its owner's alone
 */
record ClusterState(Path folder) {

    private static final JsonMapper JSON = new JsonMapper();

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    Path pki() {
        return folder.resolve("pki");
    }

    /** What the API holds. */
    Path objects() {
        return folder.resolve("objects");
    }

    Path log() {
        return folder.resolve("logs").resolve("daemon.log");
    }

    OwnImage image() {
        return new OwnImage(folder.resolve("image"));
    }

    /** What the cluster was last asked to be; empty when there was none. */
    Optional<ClusterPlan> plan() throws IOException {
        Optional<byte[]> bytes = read(planFile());
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(PlanJson.parse(JSON.readTree(bytes.get())));
    }

    void savePlan(ClusterPlan plan) throws IOException {
        AtomicFile.ownerOnly(planFile()).write(JSON.writeValueAsBytes(PlanJson.of(plan)));
    }

    /** When the plan was saved; empty where there is none, or where this program saved it. */
    Optional<Instant> plannedByFirstRelease() throws IOException {
        Optional<byte[]> bytes = read(planFile());
        return bytes.isEmpty() || PlanJson.ownsNames(JSON.readTree(bytes.get()))
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(planFile()).toInstant());
    }

    /** The background process, as it last described itself. */
    Optional<DaemonRecord> daemon() throws IOException {
        Optional<byte[]> bytes = read(daemonFile());
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(JSON.readValue(bytes.get(), DaemonRecord.class));
    }

    void saveDaemon(DaemonRecord daemon) throws IOException {
        AtomicFile.ownerOnly(daemonFile()).write(JSON.writeValueAsBytes(daemon));
    }

    /** The one secret of the API, made when it is first asked for. */
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

    /** Forgets the cluster; what others keep in the folder stays. Repeatable. */
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
