package dev.cnilab.existing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cnilab.base.AtomicFile;
import dev.cnilab.base.Remedy;
import dev.cnilab.base.StateFile;
import dev.cnilab.base.StateFormat;
import dev.cnilab.base.StateLog;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A lab's state about its existing cluster.
 *
 * @param image of agent and demo, as the cluster knows it
 */
record ExistingState(String lab, Path folder, String image) {

    /** Reads the state; without an image when it was never written. */
    static ExistingState read(String lab, Path folder) throws IOException {
        String image = file(lab, folder).read().map(json -> json.path("image").asText()).orElse("");
        return new ExistingState(lab, folder, image);
    }

    void write() throws IOException {
        file(lab, folder).write(JsonNodeFactory.instance.objectNode().put("image", image));
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    void saveKubeconfig(String text) throws IOException {
        AtomicFile.ownerOnly(kubeconfig()).write(text);
    }

    OwnedObjects objects() {
        return new OwnedObjects(lab, new StateLog(folder.resolve("objects.jsonl"), format(lab, 1)));
    }

    Removal removal() {
        return new Removal(new StateLog(folder.resolve("removal"), format(lab, 1)));
    }

    RemovedTaints taints() {
        return new RemovedTaints(new StateFile(folder.resolve("taints.json"), format(lab, 2)));
    }

    private static StateFile file(String lab, Path folder) {
        return new StateFile(folder.resolve("existing.json"), format(lab, 1));
    }

    /** Without these files nothing tells the lab's objects from those of others. */
    private static StateFormat format(String lab, int current) {
        return new StateFormat(
                1,
                current,
                Remedy.advise(
                        "use that version; it also removes the lab from the cluster: lab down "
                                + lab));
    }
}
