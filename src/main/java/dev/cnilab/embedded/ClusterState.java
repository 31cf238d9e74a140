package dev.cnilab.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.base.AtomicFile;
import dev.cnilab.base.StateFile;
import dev.cnilab.base.StateFormat;
import dev.cnilab.embedded.node.ClusterPlan;
import dev.cnilab.host.FileTree;
import dev.cnilab.image.OwnImage;
import java.io.IOException;
import java.nio.file.Files;
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
        return planFile().read().map(PlanJson::parse);
    }

    void savePlan(ClusterPlan plan) throws IOException {
        planFile().write(PlanJson.of(plan));
    }

    /** Returns the modification time of a plan that lab 0.1.0 saved; empty without one. */
    Optional<Instant> plannedByFirstRelease() throws IOException {
        Optional<JsonNode> plan = planFile().readAnyVersion();
        return plan.isEmpty() || StateFormat.of(plan.get()) > 1
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(planFile().path()).toInstant());
    }

    /** Returns the background process's record of itself. */
    Optional<DaemonRecord> daemon() throws IOException {
        return daemonFile().read().map(DaemonRecord::parse);
    }

    void saveDaemon(DaemonRecord daemon) throws IOException {
        daemonFile().write(daemon.json());
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
        daemonFile().delete();
        planFile().delete();
        for (Path file : List.of(kubeconfig(), folder.resolve("token"))) {
            Files.deleteIfExists(file);
        }
    }

    /** Lab 0.1.0, which wrote version 1, did not note on the machine whose the names are. */
    private StateFile planFile() {
        return new StateFile(folder.resolve("cluster.json"), format(2));
    }

    private StateFile daemonFile() {
        return new StateFile(folder.resolve("daemon.json"), format(1));
    }

    private StateFormat format(int current) {
        return StateFormat.ofLab(1, current, String.valueOf(folder.getFileName()));
    }
}
