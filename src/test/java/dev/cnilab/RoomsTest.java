package dev.cnilab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds who may import whom. A new room, or a new door, is a decision in docs/decisions. */
class RoomsTest {

    private static final String ROOT = "dev.cnilab.";

    /** Each room with the rooms it may import. */
    private static final Map<String, List<String>> ROOMS =
            Map.ofEntries(
                    entry("base", List.of()),
                    entry("net", List.of("base")),
                    entry("host", List.of("net", "base")),
                    entry("netlink", List.of("host", "net", "base")),
                    entry("spec", List.of("net", "base")),
                    entry("cni", List.of("netlink", "host", "net", "base")),
                    entry("tool", List.of("netlink", "host", "net", "base")),
                    entry("demo", List.of("host", "net", "base")),
                    entry("kube", List.of("net", "base")),
                    entry("cluster", List.of("cni", "spec", "host", "net", "base")),
                    entry("image", List.of("host", "net", "base")),
                    entry("preflight", List.of("netlink", "host", "spec", "net", "base")),
                    entry(
                            "embedded",
                            List.of(
                                    "cluster",
                                    "kube",
                                    "cni",
                                    "tool",
                                    "image",
                                    "preflight",
                                    "netlink",
                                    "host",
                                    "spec",
                                    "net",
                                    "base")),
                    entry(
                            "kind",
                            List.of(
                                    "cluster",
                                    "image",
                                    "preflight",
                                    "netlink",
                                    "host",
                                    "spec",
                                    "net",
                                    "base")),
                    entry("existing", List.of("cluster", "image", "host", "spec", "net", "base")),
                    entry("lifecycle", List.of("cluster", "image", "host", "spec", "net", "base")),
                    entry("trace", List.of("cluster", "host", "spec", "net", "base")),
                    entry("verify", List.of("trace", "cluster", "host", "spec", "net", "base")),
                    entry("graph", List.of("trace", "cluster", "host", "spec", "net", "base")),
                    entry(
                            "evidence",
                            List.of(
                                    "graph", "trace", "verify", "cluster", "host", "spec", "net",
                                    "base")),
                    entry("export", List.of("kind", "cluster", "host", "spec", "net", "base")),
                    entry("walk", List.of("verify", "trace", "host", "spec", "net", "base")),
                    entry(
                            "cli",
                            List.of(
                                    "walk",
                                    "export",
                                    "evidence",
                                    "graph",
                                    "verify",
                                    "trace",
                                    "lifecycle",
                                    "existing",
                                    "kind",
                                    "embedded",
                                    "preflight",
                                    "image",
                                    "cluster",
                                    "kube",
                                    "demo",
                                    "tool",
                                    "cni",
                                    "spec",
                                    "netlink",
                                    "host",
                                    "net",
                                    "base")));

    /** Each dependency with the one room that may use it. */
    private static final Map<String, String> DOORS =
            Map.of(
                    "picocli..", "cli",
                    "org.jline..", "cli",
                    "org.yaml.snakeyaml..", "spec",
                    "com.github.dockerjava..", "kind.docker",
                    "io.fabric8..", "cluster",
                    "org.bouncycastle..", "kube",
                    "java.lang.foreign..", "host");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.cnilab");

    @TestFactory
    Stream<DynamicTest> eachRoomImportsOnlyItsNeighbours() {
        return ROOMS.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> checkImports(room)));
    }

    private static void checkImports(Map.Entry<String, List<String>> room) {
        noClasses()
                .that(resideInAPackage(room(room.getKey())))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.cnilab..")
                                .and(not(resideInAnyPackage(allowed(room)))))
                .check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> eachDependencyHasOneDoor() {
        return DOORS.entrySet().stream()
                .map(door -> DynamicTest.dynamicTest(door.getKey(), () -> checkDoor(door)));
    }

    private static void checkDoor(Map.Entry<String, String> door) {
        noClasses()
                .that(not(resideInAPackage(room(door.getValue()))))
                .should()
                .dependOnClassesThat(resideInAPackage(door.getKey()))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void processesAreStartedOnlyByHost() {
        noClasses()
                .that(not(resideInAPackage(room("host"))))
                .should()
                .callConstructor(ProcessBuilder.class, List.class)
                .orShould()
                .callConstructor(ProcessBuilder.class, String[].class)
                .check(CLASSES);
    }

    /** The thread that wakes one may start a carrier, in its own network namespace. */
    @Test
    void nothingRunsOnVirtualThreads() {
        noClasses()
                .should()
                .callMethod(Thread.class, "ofVirtual")
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould()
                .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
                .check(new ClassFileImporter().importPackages("dev.cnilab"));
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.cnilab.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageBelongsToARoomAndSaysWhatItIsFor() {
        Set<String> rooms = new TreeSet<>();
        CLASSES.forEach(type -> {
            String[] parts = type.getPackageName().split("\\.");
            rooms.add(parts.length < 3 ? "" : parts[2]);
            Assertions.assertThat(parts)
                    .doesNotContain("util", "utils", "common", "helper", "impl");
        });
        Assertions.assertThat(rooms).isEqualTo(new TreeSet<>(ROOMS.keySet()));
    }

    private static String room(String name) {
        return ROOT + name + "..";
    }

    private static String[] allowed(Map.Entry<String, List<String>> room) {
        return Stream.concat(Stream.of(room.getKey()), room.getValue().stream())
                .map(RoomsTest::room)
                .toArray(String[]::new);
    }
}
