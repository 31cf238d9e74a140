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
 * Puts the plugin where a container runtime looks for it, and takes it away.
 *
 * @param binDir the runtime's directory of plugins, such as /opt/cni/bin
 * @param confDir its directory of network configurations, such as /etc/cni/net.d
 */
public record PluginInstaller(Path binDir, Path confDir) {

    static final String PLUGIN = "lab-ipip";

    /** With which the plugin asks the agent, where there is a perl. */
    private static final String CLIENT = "ask.pl";

    static final String CONFLIST = "10-lab-ipip.conflist";

    /** The configuration that is installed unless another is given. */
    public static String defaultConflist() throws IOException {
        try (InputStream resource = resource(CONFLIST)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Installs or upgrades the plugin. Runtimes don't call it before it is configured. */
    public void install(JavaRuntime runtime) throws IOException {
        Files.createDirectories(binDir);
        // JDK 25 does not notice that a cache is of other jars (JDK-8377932).
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
     * Lets the installed plugin be called once, where nobody notices, so that it starts faster
     * without an agent. Needs root.
     */
    public void rehearse() throws IOException {
        AotTraining.of(binDir.resolve(PLUGIN).toAbsolutePath(), cache());
    }

    /**
     * Writes the configuration: from then on runtimes call the plugin, and a node that was cordoned
     * serves again.
     *
     * @param conflist the configuration's text
     * @return configurations of others that a runtime prefers, as it takes the first by name
     * @throws CniException code 6 or 7 when the configuration is none; nothing is written then
     */
    public List<Path> configure(String conflist) throws IOException {
        NetworkConfig.parse(conflist.getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(confDir);
        Cordon.lift();
        AtomicFile.at(confDir.resolve(CONFLIST)).write(conflist);
        return rivals();
    }

    /**
     * Takes away what {@link #configure} and {@link #install} made, the configuration first;
     * repeatable.
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
