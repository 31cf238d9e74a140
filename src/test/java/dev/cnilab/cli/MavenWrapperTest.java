package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ./mvnw without Maven: a copy of it that downloads from a local server. */
class MavenWrapperTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String RELEASE = "apache-maven-9.9.9";

    /** The programs that mvnw requires; neither mvn nor curl. */
    private static final List<String> TOOLS =
            List.of(
                    "cat",
                    "dirname",
                    "flock",
                    "gzip",
                    "locale",
                    "mkdir",
                    "mktemp",
                    "mv",
                    "readlink",
                    "rm",
                    "sed",
                    "sh",
                    "sha512sum",
                    "tar");

    @TempDir private Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            program(bin.resolve(tool), "exec " + here(tool) + " \"$@\"\n");
        }
        Files.createDirectories(folder.resolve("checkout/.mvn/wrapper"));
        for (String part :
                List.of(
                        "mvnw",
                        ".mvn/find-jdk.sh",
                        ".mvn/utf8-locale.sh",
                        ".mvn/wrapper/Fetch.java")) {
            Files.copy(
                    Path.of(part),
                    folder.resolve("checkout").resolve(part),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
    }

    @Test
    void mavenIsDownloadedOnceAndRun() throws Exception {
        byte[] archive = archive();
        answer(archive, archive.length);
        name(archive);

        ExecResult first = mvnw();
        ExecResult second = mvnw();

        assertThat(first.describe()).contains("exited 0");
        assertThat(first.stdout()).startsWith("Maven runs -f ").endsWith("/pom.xml verify\n");
        assertThat(second.stdout()).isEqualTo(first.stdout());
        assertThat(requests).hasValue(1);
        assertThat(kept()).containsExactly(".lock", RELEASE);
    }

    /** An installed curl is preferred, since it supports the proxy variables. */
    @Test
    void curlDownloadsItToo() throws Exception {
        byte[] archive = archive();
        answer(archive, archive.length);
        name(archive);
        program(
                folder.resolve("bin/curl"),
                """
                echo "curl $1 $2" >&2
                exec "$JAVA_HOME/bin/java" "$HOME/checkout/.mvn/wrapper/Fetch.java" "$4" "$3"
                """);

        ExecResult result = mvnw();

        assertThat(result.stderr()).contains("curl -fsSL -o");
        assertThat(result.stdout()).startsWith("Maven runs ");
    }

    @Test
    void archiveWithWrongChecksumIsDiscarded() throws Exception {
        byte[] archive = archive();
        answer(archive, archive.length);
        name(new byte[] {1});

        ExecResult result = mvnw();

        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.stderr()).contains("does not have the SHA-512", "nothing was kept");
        assertThat(kept()).containsExactly(".lock");
    }

    @Test
    void missingArchiveLeavesNothing() throws Exception {
        name(new byte[0]);

        ExecResult result = mvnw();

        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.stderr()).contains("cannot be downloaded", "  fix: ");
        assertThat(kept()).containsExactly(".lock");
    }

    @Test
    void incompleteArchiveIsDiscarded() throws Exception {
        byte[] archive = archive();
        answer(archive, archive.length + 1L);
        name(archive);

        ExecResult result = mvnw();

        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.stderr()).contains("cannot be downloaded");
        assertThat(kept()).containsExactly(".lock");
    }

    @Test
    void interruptedDownloadLeavesNothing() throws Exception {
        byte[] archive = archive();
        CountDownLatch asked = new CountDownLatch(1);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, archive.length);
                    asked.countDown();
                    await(ended);
                    exchange.close();
                });
        name(archive);
        Process fetching = start();
        asked.await();

        kill("TERM", fetching);

        assertThat(fetching.waitFor()).isEqualTo(143);
        assertThat(kept()).containsExactly(".lock");
    }

    /** The state after SIGKILL. */
    @Test
    void remainsOfAKilledDownloadAreRemovedByTheNext() throws Exception {
        Files.createDirectories(folder.resolve(".m2/wrapper/dists/.fetch.killed"));
        byte[] archive = archive();
        answer(archive, archive.length);
        name(archive);

        assertThat(mvnw().stdout()).startsWith("Maven runs ");

        assertThat(kept()).containsExactly(".lock", RELEASE);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Signals the shell and its children, as Ctrl-C does. */
    private static void kill(String signal, Process leader) throws IOException {
        // The shell's builtin, since minimal systems lack the program kill.
        Command.of("sh", "-c", "kill -s \"$0\" -- \"-$1\"", signal, Long.toString(leader.pid()))
                .run(LIMIT);
    }

    /**
     * @param length value of Content-Length; more than the content ends the connection early
     */
    private void answer(byte[] archive, long length) {
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(200, length);
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(archive);
                    }
                });
    }

    /** An archive with a Maven that only prints its arguments. */
    private byte[] archive() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("made").resolve(RELEASE).resolve("bin"));
        program(bin.resolve("mvn"), "echo \"Maven runs $*\"\n");
        Path archive = folder.resolve("made.tar.gz");
        ExecResult packed =
                Command.of(
                                "tar",
                                "-czf",
                                archive.toString(),
                                "-C",
                                folder.resolve("made").toString(),
                                RELEASE)
                        .run(LIMIT);
        assertThat(packed.describe()).contains("exited 0");
        return Files.readAllBytes(archive);
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Configures the copy of mvnw with the local server's archive. */
    private void name(byte[] expected) throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(expected));
        Files.writeString(
                folder.resolve("checkout/.mvn/wrapper/maven-wrapper.properties"),
                "distributionUrl=http://127.0.0.1:%d/%s-bin.tar.gz\ndistributionSha512Sum=%s\n"
                        .formatted(server.getAddress().getPort(), RELEASE, sum));
    }

    private ExecResult mvnw() throws IOException {
        return Command.await(List.of("mvnw"), start(), LIMIT);
    }

    /** Starts mvnw in its own process group. */
    private Process start() throws IOException {
        return Command.of(
                        here("setsid").toString(),
                        folder.resolve("checkout/mvnw").toString(),
                        "verify")
                .withOnly(
                        Map.of(
                                "PATH", folder.resolve("bin").toString(),
                                "HOME", folder.toString(),
                                "JAVA_HOME", System.getProperty("java.home")))
                .start();
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".m2/wrapper/dists"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path here(String tool) {
        return new SearchPath(System.getenv("PATH")).find(tool).orElseThrow();
    }
}
