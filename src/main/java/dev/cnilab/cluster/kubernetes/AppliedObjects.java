package dev.cnilab.cluster.kubernetes;

import static dev.cnilab.cluster.kubernetes.Requests.ask;

import dev.cnilab.cluster.KubernetesObjects;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Applies manifests, and annotates each object with a hash of its manifest. */
public final class AppliedObjects implements KubernetesObjects {

    /** The field manager of {@link #apply}. */
    private static final String FIELD_MANAGER = "lab";

    /** Server-side apply is GA since 1.22 (KEP-555); it may be disabled in older versions. */
    private static final ServerVersion SERVER_SIDE_APPLY = new ServerVersion(1, 22);

    /**
     * Timeout of a deletion: a kubelet that misses a pod's end checks again after a minute or more.
     */
    private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(3);

    private final KubernetesClient client;

    AppliedObjects(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void apply(String manifests) throws IOException {
        boolean serverSide =
                ServerVersion.of(ask(client::getKubernetesVersion)).atLeast(SERVER_SIDE_APPLY);
        for (HasMetadata object : objects(manifests)) {
            ask(() -> serverSide ? applyThere(object) : createOrPatch(object));
        }
    }

    private HasMetadata applyThere(HasMetadata object) {
        return client.resource(object)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    private HasMetadata createOrPatch(HasMetadata object) {
        var resource = client.resource(object);
        return resource.get() == null
                ? resource.create()
                : resource.patch(PatchContext.of(PatchType.JSON_MERGE), object);
    }

    @Override
    public String before(String manifests) throws IOException {
        List<FieldsBefore> all = new ArrayList<>();
        for (HasMetadata object : objects(manifests)) {
            @Nullable HasMetadata there = ask(() -> client.resource(object).get());
            all.add(FieldsBefore.of(object, Optional.ofNullable(there)));
        }
        return FieldsBefore.text(all);
    }

    @Override
    public void restore(String before) throws IOException {
        for (FieldsBefore each : FieldsBefore.parse(before).reversed()) {
            ask(() -> {
                each.restore(client);
                return true;
            });
        }
    }

    @Override
    public boolean applied(String manifests) throws IOException {
        for (HasMetadata object : objects(manifests)) {
            HasMetadata there = ask(() -> client.resource(object).get());
            if (there == null || !Applied.mark(there).equals(Applied.mark(object))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void delete(String manifests) throws IOException {
        for (HasMetadata object : objects(manifests).reversed()) {
            ask(() ->
                    client.resource(object)
                            .withTimeout(DELETION_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                            .delete());
        }
    }

    /**
     * Deletes an object and its dependents, such as a DaemonSet's pods, and waits until all are
     * deleted.
     */
    public void deleteWithDependents(String manifest) throws IOException {
        HasMetadata object = objects(manifest).getFirst();
        ask(() ->
                client.resource(object)
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .withTimeout(DELETION_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .delete());
    }

    /**
     * Deletes a DaemonSet and, with grace period 0, its pods; their processes may end some seconds
     * later.
     */
    public void deleteDaemonSetAtOnce(String manifest) throws IOException {
        DaemonSet set = (DaemonSet) objects(manifest).getFirst();
        Map<String, String> selector =
                ask(client.resource(set)::require).getSpec().getSelector().getMatchLabels();
        ask(() ->
                client.resource(set)
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .delete());
        ask(() ->
                client.pods()
                        .inNamespace(set.getMetadata().getNamespace())
                        .withLabels(selector)
                        .withGracePeriod(0)
                        .delete());
        deleteWithDependents(manifest);
    }

    /** The labels of a manifest's only object; empty if it does not exist in the cluster. */
    public Optional<Map<String, String>> labels(String manifest) throws IOException {
        HasMetadata object = objects(manifest).getFirst();
        return Optional.ofNullable(ask(() -> client.resource(object).get()))
                .map(there ->
                        Objects.requireNonNullElse(there.getMetadata().getLabels(), Map.of()));
    }

    private List<HasMetadata> objects(String manifests) throws IOException {
        List<HasMetadata> objects =
                ask(() ->
                        client.load(
                                        new ByteArrayInputStream(
                                                manifests.getBytes(StandardCharsets.UTF_8)))
                                .items());
        objects.forEach(Applied::setMark);
        return objects;
    }
}
