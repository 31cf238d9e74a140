package dev.cnilab.kube.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Sends requests to an API server, this one or kube-apiserver. */
final class ApiCaller {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * @param contentType "" for none
     * @param accept "" for JSON
     */
    record Call(String method, String path, String contentType, String accept, String body) {
        static Call get(String path) {
            return new Call("GET", path, "", "", "");
        }

        static Call send(String method, String path, String contentType, String body) {
            return new Call(method, path, contentType, "", body);
        }
    }

    /** A response; the body is a missing node if it is no JSON. */
    record Answered(int code, JsonNode body) {}

    private final String base;
    private final String token;
    private final HttpClient client;

    ApiCaller(int port, String token) throws GeneralSecurityException {
        this.token = token;
        base = "https://127.0.0.1:" + port;
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustAll()}, null);
        client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    Answered call(Call call) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + call.path()))
                        .timeout(TIMEOUT)
                        .header(
                                "Accept",
                                call.accept().isEmpty() ? "application/json" : call.accept())
                        .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!call.contentType().isEmpty()) {
            request.header("Content-Type", call.contentType());
        }
        HttpResponse<String> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answered(response.statusCode(), json(response.body()));
    }

    /** The status code, 0 if the server does not accept connections yet. */
    int code(String path) throws InterruptedException {
        try {
            return call(Call.get(path)).code();
        } catch (IOException e) {
            return 0;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
