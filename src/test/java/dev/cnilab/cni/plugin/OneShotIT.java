package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A pod's start waits for this process, so it must load as few classes as possible. */
class OneShotIT {

    private static final Pattern LOADED = Pattern.compile("(?m)^(\\S+) source: (file|jrt):");

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;

    @Test
    void loadsThePluginsRoomsAndJacksonOnly() throws Exception {
        TestNode node = new TestNode(sandbox, directory);
        NetNamespace pod = sandbox.namespace();
        Path log = directory.resolve("classes");

        String reply = add(node, pod, log);

        assertThat(reply).contains("10.244.1.2/24");
        assertThat(packages(log))
                .allMatch(
                        name ->
                                name.matches("dev[.]cnilab[.](base|cni|netlink|host|net)([.].*)?")
                                        || name.startsWith("com.fasterxml.jackson.")
                                        || name.matches("(java|jdk|sun)[.].*"),
                        "the plugin's rooms, Jackson or Java itself")
                .noneMatch(name -> name.startsWith("dev.cnilab.cni.lease"))
                .contains("dev.cnilab.cni.plugin", "dev.cnilab.netlink", "dev.cnilab.net");
    }

    private static String add(TestNode node, NetNamespace pod, Path log) throws IOException {
        JavaRuntime runtime = JavaRuntime.current();
        Command command =
                Command.of(
                                runtime.home().resolve("bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xlog:class+load:file=" + log + ":none",
                                "-cp",
                                String.join(
                                        ":",
                                        runtime.classpath().stream().map(Path::toString).toList()),
                                PluginMain.class.getName())
                        .withEnvironment(TestNode.environment("ADD", "c1", pod));
        Process process = node.namespace.call(command::start);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(node.config(""));
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Returns the packages of classes loaded from files; the log shows none for the JDK's own
     * archive.
     */
    private static Set<String> packages(Path log) throws IOException {
        Set<String> packages = new TreeSet<>();
        Matcher loaded = LOADED.matcher(Files.readString(log));
        while (loaded.find()) {
            String name = loaded.group(1);
            packages.add(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        }
        return packages;
    }
}
