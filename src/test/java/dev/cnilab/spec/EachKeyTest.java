package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Removes, and sets to null, every key of every record of the bundled lab; JSON is valid YAML. */
class EachKeyTest {

    /** Optional keys; an index stands for any. */
    private static final Pattern OPTIONAL =
            Pattern.compile(
                    "host|host\\.sysctls|host\\.sysctls\\..*|metadata\\.description"
                            + "|network\\.name|network\\.ipv6"
                            + "|kubernetes\\.(version|image|serviceSubnet|untaint)"
                            + "|recorder|recorder\\.(node|file|command)"
                            + "|cni\\.(backend|backend\\.directRouting|mtu|masquerade|interface)"
                            + "|verify\\.(budget|pods\\.namespace)|verify\\.steps\\[\\d+].budget"
                            + "|.*\\.probe\\.pods\\.(selector|onEveryNode|inNodeSubnet)"
                            + "|.*\\.http\\.(seenSource|to\\.each-pod\\.port)"
                            + "|.*\\.link\\.(kind|mtu|addresses|local)"
                            + "|.*\\.packets\\.never|.*\\.ipv4\\.ttl|.*\\.payload\\.largest"
                            + "|walkthrough");

    /** Mappings with exactly one key, which determines the value. */
    private static final Pattern CHOICE =
            Pattern.compile(".*\\.(probe|to|headers\\[\\d+]|interface)");

    private final ObjectNode lab = Manifests.objects(LabText.bundled().text()).getFirst();

    EachKeyTest() throws SpecException {}

    @TestFactory
    Stream<DynamicTest> missing() {
        return paths().stream()
                .filter(key -> !structural(key))
                .map(key ->
                        dynamicTest(
                                key.path(),
                                () -> {
                                    ObjectNode changed = lab.deepCopy();
                                    key.parentIn(changed).remove(key.name());
                                    assertMissing(key, problems(changed));
                                }));
    }

    @TestFactory
    Stream<DynamicTest> nothing() {
        return paths().stream()
                .map(key ->
                        dynamicTest(
                                key.path(),
                                () -> {
                                    ObjectNode changed = lab.deepCopy();
                                    key.parentIn(changed).putNull(key.name());
                                    assertThat(problems(changed))
                                            .anySatisfy(problem ->
                                                    assertThat(problem)
                                                            .contains(key.path())
                                                            .contains("expected ")
                                                            .contains("found nothing"));
                                }));
    }

    private static void assertMissing(Key key, List<String> problems) {
        if (OPTIONAL.matcher(key.path()).matches()) {
            assertThat(problems).isEmpty();
        } else if (CHOICE.matcher(key.parent()).matches()
                && !key.name().matches("sameNode|otherNode")) {
            assertThat(problems)
                    .singleElement()
                    .asString()
                    .contains(key.parent() + ": expected exactly one key, found 0; known: ");
        } else {
            assertThat(problems)
                    .singleElement()
                    .asString()
                    .contains(
                            (key.parent().isEmpty() ? "" : key.parent() + ": ")
                                    + "missing key '"
                                    + key.name()
                                    + "'; ");
        }
    }

    /**
     * Checks for keys that cannot be tested: arbitrary ones, and those without which the lab is
     * another one.
     */
    private static boolean structural(Key key) {
        return key.parent().endsWith("selector") || key.path().equals("workloads");
    }

    private static List<String> problems(ObjectNode changed) {
        return new LabText(changed.toString()).problems();
    }

    /** Returns the first key of each kind: all steps' titles are read in the same way. */
    private List<Key> paths() {
        List<Key> keys = new ArrayList<>();
        collect("", "", lab, keys);
        Set<String> kinds = new HashSet<>();
        return keys.stream()
                .filter(key -> kinds.add(key.path().replaceAll("\\[\\d+]", "[]")))
                .toList();
    }

    private static void collect(String pointer, String path, JsonNode node, List<Key> keys) {
        switch (node) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(entry -> {
                                String name = entry.getKey();
                                keys.add(new Key(pointer, path, name));
                                collect(
                                        pointer + "/" + name,
                                        path.isEmpty() ? name : path + "." + name,
                                        entry.getValue(),
                                        keys);
                            });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    collect(pointer + "/" + i, path + "[" + i + "]", array.get(i), keys);
                }
            }
            default -> {}
        }
    }

    /**
     * A key.
     *
     * @param pointer to the parent, as JSON Pointer
     * @param parent the parent's path
     */
    private record Key(String pointer, String parent, String name) {

        String path() {
            return parent.isEmpty() ? name : parent + "." + name;
        }

        ObjectNode parentIn(ObjectNode lab) {
            return (ObjectNode) lab.at(pointer);
        }
    }
}
