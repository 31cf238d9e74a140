package dev.cnilab.cluster;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.base.Failure;
import dev.cnilab.host.CacheDirectory;
import dev.cnilab.host.LockFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Downloads files of known SHA-256 into a cache.
 *
 * @param cache directory; created if absent
 * @param allowed whether downloads are enabled
 * @param proxy for HTTPS; empty for none
 */
public record Downloads(Path cache, boolean allowed, Optional<URI> proxy) {

    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofMinutes(5);

    /** With lab's cache directory and the proxy of curl's {@code HTTPS_PROXY}. */
    public static Downloads of(Map<String, String> environment, boolean allowed) {
        String proxy =
                environment.getOrDefault(
                        "HTTPS_PROXY", environment.getOrDefault("https_proxy", ""));
        return new Downloads(
                CacheDirectory.of(environment),
                allowed,
                proxy.isEmpty() ? Optional.empty() : Optional.of(URI.create(proxy)));
    }

    /**
     * A file to download.
     *
     * @param name in the cache; unique per content
     * @param sha256 of the content, in hexadecimal
     */
    public record Source(String name, URI uri, String sha256) {}

    /** The file, if it is in the cache. */
    public Optional<Path> cached(Source source) {
        return Optional.of(cache.resolve(source.name())).filter(Files::isRegularFile);
    }

    /**
     * The file, executable; downloaded if it is not in the cache.
     *
     * @throws Failure if it is not in the cache and cannot be downloaded
     */
    public Path get(Source source, Consumer<String> progress) throws IOException {
        Path file = cache.resolve(source.name());
        if (Files.isRegularFile(file)) {
            return file;
        }
        if (!allowed) {
            throw failure(
                    "download-forbidden",
                    source.name() + " is not in " + cache + ", and downloads are disabled",
                    "",
                    "run without --no-download, or save it there: " + source.uri());
        }
        progress.accept("downloading " + source.uri() + " (SHA-256 " + source.sha256() + ")");
        try (LockFile _ = LockFile.hold(cache.resolve("." + source.name() + ".lock"))) {
            if (Files.notExists(file)) {
                AtomicFile.executable(file).write(out -> fetch(source, out));
            }
        }
        return file;
    }

    private void fetch(Source source, OutputStream out) throws IOException {
        String found = fetch(source.uri(), out);
        if (!found.equals(source.sha256())) {
            throw failure(
                    "download-checksum",
                    "the download of " + source.uri() + " has a wrong checksum",
                    "SHA-256 " + found + ", expected " + source.sha256(),
                    "check the server and the proxy; the download was discarded");
        }
    }

    /** Returns the content's SHA-256. */
    private String fetch(URI uri, OutputStream out) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NORMAL);
        proxy.ifPresent(address ->
                builder.proxy(
                        ProxySelector.of(
                                new InetSocketAddress(address.getHost(), address.getPort()))));
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
        try (HttpClient client = builder.build()) {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw failure(
                            "download-failed",
                            "can't fetch " + uri,
                            "HTTP status " + response.statusCode(),
                            "try again later, or download it on another machine");
                }
                return copy(body, out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while downloading " + uri);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw failure(
                    "download-failed",
                    "can't fetch " + uri,
                    String.valueOf(e),
                    "check the network; behind a proxy set HTTPS_PROXY");
        }
    }

    private static String copy(InputStream body, OutputStream out) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            body.transferTo(new DigestOutputStream(out, digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Failure failure(String id, String what, String evidence, String remedy) {
        return new Failure(Failure.Kind.PREFLIGHT, id, what, evidence, remedy);
    }
}
