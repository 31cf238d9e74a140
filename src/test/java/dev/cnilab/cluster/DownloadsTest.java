package dev.cnilab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.cnilab.base.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

    /** The sha256sum(1) of "hello" without a newline. */
    private static final String HELLO =
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir private Path cache;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server = start();

    private HttpServer start() {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestURI().getPath());
                    boolean known = exchange.getRequestURI().getPath().equals("/hello");
                    byte[] body = (known ? "hello" : "no").getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(known ? 200 : 404, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fileIsDownloadedOnceWithAMessage() throws IOException {
        List<String> progress = new ArrayList<>();
        Path file = downloads(true).get(source("/hello", HELLO), progress::add);

        assertThat(file).hasContent("hello").isExecutable();
        assertThat(progress).singleElement().asString().contains("/hello", HELLO);
        assertThat(downloads(false).get(source("/hello", HELLO), progress::add)).isEqualTo(file);
        assertThat(asked).containsExactly("/hello");
    }

    @Test
    void wrongChecksumIsRejectedAndDiscarded() throws IOException {
        Failure failure = failure(true, source("/hello", HELLO.replace('2', '3')));

        assertThat(failure.id()).isEqualTo("download-checksum");
        assertThat(failure.evidence()).startsWith("SHA-256 " + HELLO);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void missingFileIsReported() {
        Failure failure = failure(true, source("/other", HELLO));
        assertThat(failure.id()).isEqualTo("download-failed");
        assertThat(failure.evidence()).isEqualTo("HTTP status 404");
    }

    @Test
    void nothingIsRequestedWhenDownloadsAreDisabled() {
        assertThat(failure(false, source("/hello", HELLO)).id()).isEqualTo("download-forbidden");
        assertThat(asked).isEmpty();
    }

    @Test
    void cacheFollowsTheXdgSpecification() {
        assertThat(Downloads.of(Map.of("LAB_CACHE", "/d", "XDG_CACHE_HOME", "/c"), true).cache())
                .isEqualTo(Path.of("/d"));
        assertThat(Downloads.of(Map.of("XDG_CACHE_HOME", "/c"), true).cache())
                .isEqualTo(Path.of("/c/lab"));
        assertThat(Downloads.of(Map.of("HOME", "/h"), true).cache())
                .isEqualTo(Path.of("/h/.cache/lab"));
        assertThat(Downloads.of(Map.of("HTTPS_PROXY", "http://p:3128"), true).proxy())
                .contains(URI.create("http://p:3128"));
    }

    private Failure failure(boolean allowed, Downloads.Source source) {
        return catchThrowableOfType(
                Failure.class, () -> downloads(allowed).get(source, line -> {}));
    }

    private Downloads downloads(boolean allowed) {
        return new Downloads(cache, allowed, Optional.empty());
    }

    private Downloads.Source source(String path, String sha256) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new Downloads.Source("file", uri, sha256);
    }
}
