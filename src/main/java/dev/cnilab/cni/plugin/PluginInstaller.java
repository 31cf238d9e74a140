package dev.cnilab.cni.plugin;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.cni.CniException;
import dev.cnilab.cni.NetworkConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Installs and removes the plugin in a container runtime's directories.
 *
 * @param binDir the runtime's directory of plugins, such as /opt/cni/bin
 * @param confDir its directory of network configurations, such as /etc/cni/net.d
 */
public record PluginInstaller(Path binDir, Path confDir) {

    static final String PLUGIN = "lab-ipip";

    /** The script with which the plugin calls the agent when perl is installed. */
    private static final String CLIENT = "ask.pl";

    static final String CONFLIST = "10-lab-ipip.conflist";

    /** Returns the default network configuration. */
    public static String defaultConflist() throws IOException {
        try (InputStream resource = resource(CONFLIST)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Installs or upgrades the plugin. Runtimes call it only once it is configured. */
    public void install(JavaRuntime runtime) throws IOException {
        Files.createDirectories(binDir);
        // JDK 25 does not detect that a cache was made for other jars (JDK-8377932).
        Files.deleteIfExists(cache());
        runtime.installTo(parts());
        try (InputStream client = resource(CLIENT)) {
            AtomicFile.at(parts().resolve(CLIENT)).write(client);
        }
        try (InputStream shim = resource(PLUGIN + ".sh")) {
            AtomicFile.executable(binDir.resolve(PLUGIN)).write(shim);
        }
    }

    /**
     * Runs the installed plugin once in temporary namespaces, to create the AOT cache with which it
     * starts faster without an agent. Needs root.
     */
    public void trainAotCache() throws IOException {
        AotTraining.of(binDir.resolve(PLUGIN).toAbsolutePath(), cache());
    }

    /**
     * Writes the network configuration, after which runtimes call the plugin, and removes the
     * node's cordon.
     *
     * @param conflist the configuration's text
     * @return other configurations that take precedence, since a runtime uses the first by name
     * @throws CniException code 6 or 7 when the configuration is invalid; nothing is written then
     */
    public List<Path> configure(String conflist) throws IOException {
        NetworkConfig.parse(conflist.getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(confDir);
        Cordon.lift();
        AtomicFile.at(confDir.resolve(CONFLIST)).write(conflist);
        return rivals();
    }

    /**
     * Removes what {@link #configure} and {@link #install} created, the configuration first.
     * Repeatable.
     */
    public void uninstall() throws IOException {
        Files.deleteIfExists(confDir.resolve(CONFLIST));
        Files.deleteIfExists(binDir.resolve(PLUGIN));
        if (Files.exists(parts())) {
            try (Stream<Path> all = Files.walk(parts())) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private List<Path> rivals() throws IOException {
        try (Stream<Path> files = Files.list(confDir)) {
            return files.filter(file -> file.toString().matches(".*\\.(conf|conflist|json)"))
                    .filter(file -> file.getFileName().toString().compareTo(CONFLIST) < 0)
                    .sorted()
                    .toList();
        }
    }

    private Path parts() {
        return binDir.resolve(PLUGIN + ".d");
    }

    private Path cache() {
        return parts().resolve("classes.aot");
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                PluginInstaller.class.getResourceAsStream("/cni/" + name), name);
    }
}
