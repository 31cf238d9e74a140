package dev.cnilab.kind.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A connection to a Docker engine on this machine. */
public final class DockerEngine implements AutoCloseable {

    /** The API version of Docker 20.10; older engines cannot run current node images of kind. */
    private static final int[] OLDEST_API = {1, 41};

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final EngineAddress address;
    private final DockerClient client;

    private DockerEngine(EngineAddress address, DockerClient client) {
        this.address = address;
        this.client = client;
    }

    /** An engine's versions. */
    public record About(String version, String apiVersion) {}

    /**
     * Connects to an engine.
     *
     * @throws Failure if it is not reachable, not on this machine, not permitted, or too old
     */
    public static DockerEngine open(EngineAddress address) throws IOException {
        requireReachable(address);
        try (DockerEngine first = new DockerEngine(address, client(address, Optional.of(ANSWER)))) {
            requireNewEnough(first.about());
        }
        // Later requests have no timeout.
        return new DockerEngine(address, client(address, Optional.empty()));
    }

    public EngineAddress address() {
        return address;
    }

    public About about() throws IOException {
        Version version = ask(docker -> docker.versionCmd().exec());
        return new About(
                Objects.requireNonNullElse(version.getVersion(), "?"),
                Objects.requireNonNullElse(version.getApiVersion(), "0.0"));
    }

    public Networks networks() {
        return new Networks(this);
    }

    public Containers containers() {
        return new Containers(this);
    }

    /**
     * Sends a request.
     *
     * @throws Failure if the engine was stopped
     * @throws IOException if it returns an error
     */
    <T> T ask(Function<DockerClient, T> request) throws IOException {
        try {
            return request.apply(client);
        } catch (DockerException e) {
            throw new IOException("Docker: " + message(e), e);
        } catch (RuntimeException e) {
            throw gone(e);
        }
    }

    /** Sends a request; empty if the object does not exist (404). */
    <T> Optional<T> find(Function<DockerClient, T> request) throws IOException {
        return ask(docker -> {
            try {
                return Optional.of(request.apply(docker));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            // No further requests are sent.
            return;
        }
    }

    private static DockerClient client(EngineAddress address, Optional<Duration> answer) {
        ZerodepDockerHttpClient.Builder http =
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(URI.create(address.host()))
                        .connectionTimeout(ANSWER);
        answer.ifPresent(http::responseTimeout);
        DockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost(address.host())
                        .withDockerTlsVerify(false)
                        .build();
        return DockerClientImpl.getInstance(config, http.build());
    }

    private static void requireReachable(EngineAddress address) throws Failure {
        if (!address.isLocal()) {
            throw preflight(
                    "docker-elsewhere",
                    "the Docker engine is not on this machine",
                    address.origin() + " says " + address.host(),
                    "the nodes must be containers on this machine, where lab captures packets:"
                            + " DOCKER_HOST=unix://SOCKET, or docker context use default");
        }
        if (Files.notExists(address.socket())) {
            throw absent(address, "no such socket");
        }
        if (!Files.isReadable(address.socket()) || !Files.isWritable(address.socket())) {
            throw preflight(
                    "docker-forbidden",
                    "this user may not use Docker",
                    address.host() + " can't be opened",
                    Remedy.type("sudo usermod -aG docker $USER")
                            .with("then log in again; or run lab as root"));
        }
    }

    private static void requireNewEnough(About about) throws Failure {
        String[] parts = about.apiVersion().split("\\.");
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        if (major < OLDEST_API[0] || major == OLDEST_API[0] && minor < OLDEST_API[1]) {
            throw preflight(
                    "docker-too-old",
                    "this Docker engine is too old for kind",
                    "Docker " + about.version() + " with API " + about.apiVersion(),
                    "install Docker 20.10 or newer");
        }
    }

    private Failure gone(RuntimeException e) {
        Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
        return absent(address, String.valueOf(reason.getMessage()));
    }

    private static Failure absent(EngineAddress address, String seen) {
        return preflight(
                "docker-absent",
                "no Docker engine is reachable",
                address.host() + " (" + address.origin() + "): " + seen,
                "start it (sudo systemctl start docker), or set DOCKER_HOST=unix://SOCKET");
    }

    private static Failure preflight(String id, String what, String evidence, String advice) {
        return preflight(id, what, evidence, Remedy.advise(advice));
    }

    private static Failure preflight(String id, String what, String evidence, Remedy remedy) {
        return new Failure(Failure.Kind.PREFLIGHT, id, what, evidence, remedy);
    }

    private static String message(DockerException e) {
        return String.valueOf(e.getMessage()).strip();
    }
}
