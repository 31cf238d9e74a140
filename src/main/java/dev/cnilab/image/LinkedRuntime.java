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

/** A Java runtime with only the modules that agent, installer, tools and demo load. */
final class LinkedRuntime {

    /**
     * Logging and java.naming are required by libraries; jdk.unsupported has Unsafe, which
     * Jackson's dependencies still use; java.xml is for reports.
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
     * Links the runtime.
     *
     * @param jdk source of the modules; must have the running JDK's version
     * @param output must not exist
     * @throws Failure when the JDK has no jlink, or jlink fails
     */
    static void link(Path jdk, Path output) throws IOException {
        ToolProvider jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() ->
                                failure(
                                        "no jlink in " + System.getProperty("java.home"),
                                        "run lab with a full JDK instead of a JRE"));
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--add-modules",
                                String.join(",", MODULES),
                                // --strip-debug would need objcopy to strip libraries.
                                "--strip-java-debug-attributes",
                                "--no-man-pages",
                                "--no-header-files",
                                // The plugin's output depends on what this JVM did before.
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
                    "a JDK for another platform needs its jmods: " + jdk,
                    "unpack the jmods of that JDK into " + modules);
        }
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        if (jlink.run(writer, writer, args.toArray(String[]::new)) != 0) {
            throw failure("jlink failed: " + messages.toString().strip(), "");
        }
    }

    private static Failure failure(String evidence, String remedy) {
        return new Failure(
                Failure.Kind.PROVIDER,
                "no-runtime",
                "cannot link the image's Java runtime",
                evidence,
                remedy);
    }
}
