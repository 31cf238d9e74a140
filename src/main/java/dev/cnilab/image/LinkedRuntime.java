package dev.cnilab.image;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** A Java runtime of just the modules that agent, installer, tools and demo load. */
final class LinkedRuntime {

    /**
     * Logging and java.naming are what libraries refer to; jdk.unsupported has Unsafe, which
     * Jackson's users still ask for; java.xml is for the reports.
     */
    private static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.xml",
                    "jdk.unsupported");

    private LinkedRuntime() {}

    /**
     * Links it.
     *
     * @param jdk whose modules they are: of the running version, when it is another one
     * @param output is made, and may not exist
     * @throws Failure when the JDK has no jlink, or jlink fails
     */
    static void link(Path jdk, Path output) throws IOException {
        ToolProvider jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() ->
                                failure(
                                        "no jlink in " + System.getProperty("java.home"),
                                        "run lab with a whole JDK, not with a runtime alone"));
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--add-modules",
                                String.join(",", MODULES),
                                // --strip-debug would run objcopy, for libraries without symbols.
                                "--strip-java-debug-attributes",
                                "--no-man-pages",
                                "--no-header-files",
                                // What it generates depends on what this JVM did before.
                                "--disable-plugin",
                                "generate-jli-classes",
                                "--compress=zip-6",
                                "--output",
                                output.toString()));
        Path modules = jdk.resolve("jmods");
        if (Files.isDirectory(modules)) {
            args.addAll(List.of("--module-path", modules.toString()));
        } else if (!Files.isSameFile(jdk, Path.of(System.getProperty("java.home")))) {
            throw failure(
                    "a JDK of another platform has to have its jmods: " + jdk,
                    "unpack the jmods of that JDK into " + modules);
        }
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        if (jlink.run(writer, writer, args.toArray(String[]::new)) != 0) {
            throw failure("jlink failed: " + said.toString().strip(), "");
        }
    }

    private static Failure failure(String evidence, String remedy) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "no-runtime",
                "the image's Java runtime can't be made",
                evidence,
                remedy);
    }
}
