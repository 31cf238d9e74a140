package dev.cnilab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.support.ReflectionSupport;

/** What bench/fuzz has found, and inputs like it: none lets an exception escape again. */
class FuzzInputsTest {

    private static final Path INPUTS = Path.of("src/test/resources/dev/cnilab/fuzz");

    /** The targets by their simple names are the names of the directories. */
    private static final List<String> TARGETS = List.of("dev.cnilab.trace.run.RulesFuzz");

    @TestFactory
    Stream<DynamicTest> inputsAreHandled() {
        return TARGETS.stream().flatMap(FuzzInputsTest::inputs);
    }

    private static Stream<DynamicTest> inputs(String target) {
        Path folder = INPUTS.resolve(target.substring(target.lastIndexOf('.') + 1));
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> run(target, file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String target, Path file) throws Exception {
        Class<?> type = Class.forName(target);
        ReflectionSupport.invokeMethod(
                type.getMethod("fuzzerTestOneInput", byte[].class), null, Files.readAllBytes(file));
    }
}
