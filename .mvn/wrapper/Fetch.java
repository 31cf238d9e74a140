import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Downloads a file, for ./mvnw where curl is not installed: {@code java Fetch.java URL FILE}. Exits
 * with 1 unless all of it came.
 */
void main(String[] args) {
    try (HttpClient client =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(Duration.ofSeconds(30))
                    .build()) {
        HttpResponse<Path> response =
                client.send(
                        HttpRequest.newBuilder(URI.create(args[0])).build(),
                        BodyHandlers.ofFile(Path.of(args[1])));
        if (response.statusCode() != 200) {
            throw new java.io.IOException("HTTP status " + response.statusCode());
        }
    } catch (java.io.IOException | InterruptedException e) {
        System.err.println("mvnw: " + e);
        System.exit(1);
    }
}
