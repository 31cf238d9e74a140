package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.cni.http.LocalServer;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The installed plugin, called as by a runtime. */
class ShimIT {

    private record Outcome(int exitCode, String stdout) {
        JsonNode json() throws IOException {
            return new JsonMapper().readTree(stdout);
        }
    }

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;
    private TestNode node;
    private NetNamespace pod;
    private Path socket;
    private Path shim;
    private Path tools;

    @BeforeEach
    void install() throws IOException {
        node = new TestNode(sandbox, directory);
        pod = sandbox.namespace();
        socket = directory.resolve("run/agent.sock");
        tools = directory.resolve("tools");
        shim = directory.resolve("bin/lab-ipip");
        new PluginInstaller(directory.resolve("bin"), directory.resolve("net.d"))
                .install(JavaRuntime.current());
    }

    @ParameterizedTest
    @CsvSource({"dash,curl", "busybox sh,perl", "busybox sh,curl"})
    @Needs({Peer.BUSYBOX, Peer.CURL})
    void callsTheAgentWithOtherShellsAndClients(String shell, String client) throws Exception {
        callsTheAgent(shell, client);
    }

    @ParameterizedTest
    @CsvSource({"dash,perl", "sh,perl"})
    void callsTheAgent(String shell, String client) throws Exception {
        offer(client);
        loseJava();
        // The server's threads are in the machine's namespace, so only requests without effects are
        // sent.
        try (LocalServer server = PluginServer.start(socket)) {
            assertThat(Files.getPosixFilePermissions(socket)).hasSize(2);
            Outcome version = call(shell, "VERSION", Map.of());
            assertThat(version.exitCode()).isZero();
            assertThat(version.json().path("supportedVersions")).hasSize(5);

            Outcome error = call(shell, "ADD", Map.of("CNI_NETNS", "/no such; `$(x)` \"netns"));
            assertThat(error.exitCode()).isEqualTo(1);
            assertThat(error.json().path("code").asInt()).isEqualTo(4);
            assertThat(error.json().path("msg").asText())
                    .contains("/no such; `$(x)` \"netns is not a network namespace");
            assertThat(error.json().path("cniVersion").asText()).isEqualTo("1.1.0");

            assertThat(call(shell, "STATUS", Map.of())).isEqualTo(new Outcome(0, ""));
        }
    }

    @Test
    @Needs(Peer.CURL)
    void agentDiesDuringTheRequestOfCurl() throws Exception {
        agentDiesDuringTheRequestOfPerl("curl");
    }

    @ParameterizedTest
    @ValueSource(strings = "perl")
    void agentDiesDuringTheRequestOfPerl(String client) throws Exception {
        offer(client);
        Files.createDirectories(socket.getParent());
        try (ServerSocketChannel dying = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dying.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        // The agent has the request: before that, the shim may safely repeat it.
                        try (SocketChannel agent = dying.accept()) {
                            agent.read(ByteBuffer.allocate(1));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            Outcome error = call("dash", "ADD", Map.of());
            assertThat(error.exitCode()).isEqualTo(1);
            assertThat(error.json().path("code").asInt()).isEqualTo(11);
            assertThat(error.json().path("msg").asText()).contains("died over this request");
        }
        assertThat(node.reserved()).as("nothing was done a second time").isEmpty();
    }

    @Test
    @Needs(Peer.CURL)
    void staleSocketWithCurl() throws Exception {
        staleSocketWithPerl("curl");
    }

    @ParameterizedTest
    @ValueSource(strings = "perl")
    void staleSocketWithPerl(String client) throws Exception {
        offer(client);
        Files.createDirectories(socket.getParent());
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        Outcome version = call("dash", "VERSION", Map.of());
        assertThat(version.exitCode()).as(version.stdout()).isZero();
        assertThat(version.json().path("supportedVersions")).hasSize(5);
    }

    @Test
    void worksWithoutTheAgent() throws Exception {
        Outcome add = call("dash", "ADD", Map.of());
        assertThat(add.exitCode()).as(add.stdout()).isZero();
        assertThat(TestNode.address(add.json())).isEqualTo("10.244.1.2/24");
        Outcome status = call("dash", "STATUS", Map.of());
        assertThat(status.json().path("code").asInt()).isEqualTo(50);
        assertThat(status.json().path("msg").asText())
                .contains("this node's agent does not answer at " + socket);

        assertThat(call("dash", "DEL", Map.of())).isEqualTo(new Outcome(0, ""));
        assertThat(node.reserved()).isEmpty();
    }

    @Test
    void lineBreaksAreNotSentAsHeaders() throws Exception {
        try (LocalServer server = PluginServer.start(socket)) {
            Outcome error =
                    call("dash", "ADD", Map.of("CNI_CONTAINERID", "c1\nCNI-COMMAND: VERSION"));
            assertThat(error.exitCode()).isEqualTo(1);
            assertThat(error.json().path("code").asInt()).isEqualTo(4);
        }
    }

    @Test
    void startsFromItsAotCache() throws Exception {
        PluginInstaller installer =
                new PluginInstaller(directory.resolve("bin"), directory.resolve("net.d"));
        installer.install(ofJars());
        installer.trainAotCache();

        assertThat(directory.resolve("bin/lab-ipip.d/classes.aot")).isNotEmptyFile();
        // AOTMode=on: a cache that does not match is an error.
        Map<String, String> strict = Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");
        Outcome add = call("dash", "ADD", strict);
        assertThat(add.exitCode()).as(add.stdout()).isZero();
        assertThat(TestNode.address(add.json())).isEqualTo("10.244.1.2/24");

        installer.install(ofJars());
        assertThat(directory.resolve("bin/lab-ipip.d/classes.aot")).doesNotExist();
    }

    /** Packs the classes into a jar: a cache does not support directories. */
    private JavaRuntime ofJars() throws IOException {
        JavaRuntime current = JavaRuntime.current();
        List<Path> jars = new ArrayList<>();
        for (Path entry : current.classpath()) {
            if (Files.isDirectory(entry)) {
                Path jar = directory.resolve("lab.jar");
                String[] args = {"-cf", jar.toString(), "-C", entry.toString(), "."};
                ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, args);
                jars.add(jar);
            } else {
                jars.add(entry);
            }
        }
        return new JavaRuntime(current.home(), jars);
    }

    @Test
    void reportsThatAgentAndJavaAreMissing() throws Exception {
        loseJava();
        Outcome error = call("dash", "ADD", Map.of());
        assertThat(error.exitCode()).isEqualTo(1);
        assertThat(error.json().path("code").asInt()).isEqualTo(11);
    }

    /** Removes Java, so that only an agent can answer. */
    private void loseJava() throws IOException {
        Files.writeString(directory.resolve("bin/lab-ipip.d/runtime"), "java=/nowhere\n");
    }

    /** Leaves the plugin with this program only. */
    private void offer(String client) throws IOException {
        Files.createSymbolicLink(
                Files.createDirectories(tools).resolve(client), Path.of("/usr/bin", client));
    }

    private Outcome call(String shell, String command, Map<String, String> changes)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(("/usr/bin/" + shell).split(" ")));
        argv.add(shim.toString());
        ProcessBuilder builder =
                new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = new HashMap<>(TestNode.environment(command, "c1", pod));
        environment.putAll(changes);
        builder.environment().putAll(environment);
        builder.environment().put("LAB_CNI_SOCKET", socket.toString());
        if (Files.exists(tools)) {
            builder.environment().put("PATH", tools.toString());
        }
        Process process = node.namespace.call(builder::start);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(node.config(""));
        }
        String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), stdout);
    }
}
