package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.cli.render.Console;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.embedded.EmbeddedProvider;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NamespacedProcess;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.lifecycle.StateHome;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.preflight.Preflight;
import dev.cnilab.spec.SpecLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs as root, without Docker and with an empty PATH. */
class DoctorCommandIT {

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    @TempDir private Path state;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void missingRequirementOfKindIsAWarningForEmbedded() {
        assertThat(doctor("doctor")).isEqualTo(ExitCode.OK.number());
        assertThat(text().lines())
                .contains("✓ privileges          root")
                .contains(
                        "! docker              no Docker engine is reachable: unix:///none (DOCKER_HOST): no such socket")
                .contains("! kind                no kind in PATH=/nowhere")
                .contains("provider embedded can run")
                .anyMatch(line -> line.startsWith("provider kind can't run: docker, docker-cli"));
    }

    @Test
    void missingRequirementOfKindIsAnErrorWithFixForKind() {
        assertThat(doctor("doctor", "--provider", "kind")).isEqualTo(3);
        String indent = " ".repeat(22);
        assertThat(text())
                .contains(
                        """
                        ✗ docker-cli          no docker in PATH=/nowhere
                        %seffect: provider kind can't be used: kind runs this program
                        %shint:   install docker-cli or Docker
                        """
                                .formatted(indent, indent));
    }

    @Test
    void jsonIsOneDocument() throws IOException {
        assertThat(doctor("doctor", "-o", "json")).isEqualTo(ExitCode.OK.number());
        JsonNode document = new ObjectMapper().readTree(text());

        assertThat(document.path("provider").asText()).isEqualTo("embedded");
        assertThat(document.path("ready").asBoolean()).isTrue();
        assertThat(document.path("providers").path("kind").asBoolean()).isFalse();
        JsonNode docker = need(document, "docker");
        assertThat(docker.path("state").asText()).isEqualTo("missing");
        assertThat(docker.path("neededBy").get(0).asText()).isEqualTo("kind");
        assertThat(docker.path("meaning").asText()).startsWith("provider kind can't be used");
        assertThat(docker.path("advice").asText()).isNotEmpty();
        assertThat(need(document, "privileges").path("state").asText()).isEqualTo("ok");
    }

    /** The whole program, with another device as /dev/net/tun and without earlier labs. */
    @Test
    void neitherTunNorDriverIsAnError() throws IOException {
        NetNamespace namespace = sandbox.namespace();
        NamespacedProcess enclosure =
                new NamespacedProcess(
                        namespace,
                        List.of(
                                new NamespacedProcess.Bind(
                                        Path.of("/dev/null"), Path.of("/dev/net/tun")),
                                new NamespacedProcess.Bind(state, Path.of("/run"))));
        ExecResult result = program(enclosure, "doctor", "-o", "json");
        JsonNode document = new ObjectMapper().readTree(result.stdout());

        boolean driver = need(document, "ipip").path("state").asText().equals("ok");
        assertThat(need(document, "tun").path("state").asText())
                .isEqualTo(driver ? "warning" : "missing");
        assertThat(need(document, "tun").path("seen").asText()).contains("create TUN device");
        assertThat(need(document, "overlayfs").path("state").asText()).isEqualTo("ok");
        assertThat(result.exitCode()).isEqualTo(driver ? 0 : 3);
    }

    /** Uses a sysctl of the namespace, so that the machine is not changed. */
    @Test
    void fixRaisesLowerSysctlsAndReportsThem() throws Exception {
        NetNamespace namespace = sandbox.namespace();
        Sysctl backlog = new Sysctl("net.core.somaxconn");
        namespace.run(() -> backlog.write("100"));
        Path lab = state.resolve("lab.yaml");
        Files.writeString(
                lab,
                SpecLoader.find("flannel-ipip")
                        .text()
                        .replace("fs.inotify.max_user_watches: 524288", "net.core.somaxconn: 200"));
        NamespacedProcess enclosure = new NamespacedProcess(namespace, List.of());

        assertThat(program(enclosure, "doctor", lab.toString()).stdout())
                .contains("! sysctls", "net.core.somaxconn is 100, expected at least 200");
        assertThat(namespace.call(backlog::read)).isEqualTo("100");

        assertThat(program(enclosure, "doctor", "--fix", lab.toString()).stdout())
                .contains("✓ sysctls", "net.core.somaxconn: 100 -> 200");
        assertThat(namespace.call(backlog::read)).isEqualTo("200");
    }

    private static ExecResult program(NamespacedProcess enclosure, String... args)
            throws IOException {
        List<String> argv = Launcher.argv(args);
        return Command.await(argv, enclosure.start(Command.of(argv)), Duration.ofMinutes(1));
    }

    private int doctor(String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Map<String, String> environment =
                Map.of(
                        "PATH", "/nowhere",
                        "DOCKER_HOST", "unix:///none",
                        "XDG_STATE_HOME", state.toString());
        Preflight preflight = Wiring.preflight(environment, state);
        return Lab.commandLine(
                        new Context(
                                new Console(stream, stream, false, false),
                                environment,
                                StateHome.of(environment),
                                preflight,
                                List.of(new EmbeddedProvider(preflight, Version.CURRENT))),
                        Optional.of("doctor"))
                .execute(arguments);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode need(JsonNode document, String id) {
        return StreamSupport.stream(document.path("needs").spliterator(), false)
                .filter(need -> need.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
