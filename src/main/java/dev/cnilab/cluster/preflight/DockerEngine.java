package dev.cnilab.cluster.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The little that is asked of a Docker engine before there is a cluster: Docker Engine API, over
 * its Unix socket.
 *
 * @param host as {@code DOCKER_HOST} has it
 */
record DockerEngine(String host) {

    private static final String UNIX = "unix://";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    static DockerEngine of(Map<String, String> environment) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        return new DockerEngine(host.isEmpty() ? UNIX + "/var/run/docker.sock" : host);
    }

    /** Whether it is on this machine; others are not asked. */
    boolean local() {
        return host.startsWith(UNIX);
    }

    /**
     * @return the engine's name and version
     * @throws IOException when none answers
     */
    String ping() throws IOException {
        Answer answer = get("/_ping");
        if (answer.status() != 200) {
            throw new IOException(host + " answers with status " + answer.status());
        }
        return answer.header("Server");
    }

    /** The IPv4 subnets of one of its networks; none when it has no such network. */
    List<Ipv4Prefix> subnets(String network) throws IOException {
        Answer answer = get("/networks/" + network);
        List<Ipv4Prefix> subnets = new ArrayList<>();
        for (JsonNode config : JSON.readTree(answer.body()).path("IPAM").path("Config")) {
            String subnet = config.path("Subnet").asText();
            if (!subnet.contains(":")) {
                subnets.add(Ipv4Prefix.parse(subnet));
            }
        }
        return subnets;
    }

    private record Answer(String head, String body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A socket channel knows no time-outs, but a thread that waits for it can be interrupted. */
    private Answer get(String path) throws IOException {
        FutureTask<Answer> request = new FutureTask<>(() -> exchange(path));
        Thread.ofVirtual().name("docker" + path).start(request);
        try {
            return request.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    host + " does not answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(host + ": " + reason.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + host);
        } finally {
            request.cancel(true);
        }
    }

    /** HTTP/1.0, so that the body is all up to the end of the stream. */
    private Answer exchange(String path) throws IOException {
        Path socket = Path.of(host.substring(UNIX.length()));
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n";
            Channels.newOutputStream(channel).write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = Channels.newInputStream(channel).readAllBytes();
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0 || !text.startsWith("HTTP/1.")) {
                throw new IOException("what answers there does not speak HTTP");
            }
            return new Answer(text.substring(0, end), text.substring(end + 4));
        }
    }
}
