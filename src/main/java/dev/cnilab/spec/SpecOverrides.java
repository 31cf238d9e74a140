package dev.cnilab.spec;

import dev.cnilab.spec.yaml.YamlEdit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the command line changes of a lab's file.
 *
 * @param name of the lab; empty for the file's
 * @param nodes how many in total; 0 for the file's
 * @param nodeImage empty for the file's
 * @param withoutDns whether the cluster's DNS is left out
 */
public record SpecOverrides(String name, int nodes, String nodeImage, boolean withoutDns) {

    /**
     * The file with these changes, valid as the file itself is.
     *
     * @throws SpecException with everything that is wrong with the file
     * @throws IllegalArgumentException when a change can't be made
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

    /** Control planes and the first workers as the file has them, and what there is to add. */
    private static List<YamlEdit.Item> items(YamlEdit edit, LabSpec wanted) {
        List<YamlEdit.Item> present = edit.list("nodes");
        return Stream.of(NodeSpec.Role.values())
                .flatMap(role ->
                        Stream.concat(
                                        present.stream()
                                                .filter(item ->
                                                        item.value("role").equals(role.text())),
                                        Stream.generate(
                                                () -> YamlEdit.Item.of("role", role.text())))
                                .limit(wanted.nodeNames(role).size()))
                .toList();
    }
}
