package dev.cnilab.spec;

import dev.cnilab.spec.yaml.YamlEdit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Overrides of a lab file by the command line.
 *
 * @param name of the lab; empty for the file's
 * @param nodes total number; 0 for the file's
 * @param nodeImage empty for the file's
 * @param withoutDns whether to run the cluster without DNS
 */
public record SpecOverrides(String name, int nodes, String nodeImage, boolean withoutDns) {

    /**
     * Applies the overrides to a file; the result is valid, too.
     *
     * @throws SpecException with all problems of the file
     * @throws IllegalArgumentException when an override is invalid
     */
    public LabSource on(LabSource source) throws SpecException {
        LabSpec spec = SpecLoader.load(source);
        if (equals(new SpecOverrides("", 0, "", false))) {
            return source;
        }
        YamlEdit edit = new YamlEdit(source.text());
        if (!name.isEmpty()) {
            LabName.require(name);
            edit.set(name, "metadata", "name");
        }
        if (nodes != 0) {
            edit.setList("nodes", items(edit, spec.withNodes(nodes)));
        }
        if (!nodeImage.isEmpty()) {
            KubernetesSpec changed = spec.withNodeImage(nodeImage).kubernetes();
            edit.set(changed.image(), "kubernetes", "image");
            edit.set(changed.version(), "kubernetes", "version");
        }
        if (withoutDns) {
            edit.set(false, "kubernetes", "dns");
        }
        return new LabSource(source.name(), edit.text(), source.folder(), true);
    }

    /** Returns the control planes and the first workers of the file, followed by added workers. */
    private static List<YamlEdit.Item> items(YamlEdit edit, LabSpec desired) {
        List<YamlEdit.Item> present = edit.list("nodes");
        return Stream.of(NodeSpec.Role.values())
                .flatMap(role ->
                        Stream.concat(
                                        present.stream()
                                                .filter(item ->
                                                        item.value("role").equals(role.text())),
                                        Stream.generate(
                                                () -> YamlEdit.Item.of("role", role.text())))
                                .limit(desired.nodeNames(role).size()))
                .toList();
    }
}
