package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Exchange;
import dev.cnilab.kube.http.HttpServer;
import dev.cnilab.kube.http.Limits;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Kubernetes' API over HTTPS. */
public final class ApiServer implements AutoCloseable {
    private static final Set<String> OPEN = Set.of("healthz", "livez", "readyz", "version");
    private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

    /** Custom resources that kubectl requests before it reports an unknown kind. */
    private static final List<String> CUSTOM_KINDS =
            List.of("apis", "apiextensions.k8s.io", "v1", "customresourcedefinitions");

    private final Authenticator authenticator;
    private final Resources resources;
    private final HttpServer server;

    /**
     * @param access exec, logs and connections of pods
     * @param yaml parses one YAML document as JSON; throws {@link IllegalArgumentException}, with a
     *     message for the user, if malformed
     */
    public ApiServer(
            Store store,
            PodAccess access,
            Authenticator authenticator,
            Function<String, ObjectNode> yaml,
            SSLContext tls,
            Limits limits) {
        this.authenticator = authenticator;
        resources = new Resources(store, access, new Bodies(yaml), Clock.systemUTC());
        server = new HttpServer(tls, limits, this::handle);
    }

    /** Starts to serve on a bound socket, which may be of any network namespace. */
    public void listen(ServerSocket listener) {
        server.listen(listener);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void handle(Exchange exchange) throws IOException, InterruptedException {
        List<String> path = exchange.request().path();
        if (!OPEN.contains(path.getFirst())) {
            authenticator.check(exchange.request());
        }
        switch (path.getFirst()) {
            case "healthz", "livez", "readyz" -> exchange.send(200, "text/plain", OK);
            case "version" -> Answer.ok(Discovery.version()).send(exchange);
            case "openapi" -> openApi(path, exchange);
            case "api", "apis" -> {
                if (path.equals(CUSTOM_KINDS)) {
                    Answer.ok(Discovery.noCustomKinds()).send(exchange);
                } else if (path.size() <= (path.getFirst().equals("api") ? 2 : 3)) {
                    discovery(path).send(exchange);
                } else {
                    resources.handle(Target.parse(path), exchange);
                }
            }
            default -> throw Target.unknown();
        }
    }

    private static void openApi(List<String> path, Exchange exchange) throws IOException {
        if (path.equals(List.of("openapi", "v2"))) {
            if (!exchange.request().header("accept").contains(OpenApiV2.MEDIA_TYPE)) {
                throw View.notAcceptable(OpenApiV2.MEDIA_TYPE);
            }
            // Not the requested name: Go's clients cannot parse it.
            exchange.send(200, "application/octet-stream", OpenApiV2.document());
            return;
        }
        if (path.size() < 2 || !path.get(1).equals("v3")) {
            throw Target.unknown();
        }
        Answer.ok(
                        path.size() == 2
                                ? OpenApi.index()
                                : OpenApi.document(String.join("/", path.subList(2, path.size()))))
                .send(exchange);
    }

    private static Answer discovery(List<String> path) {
        boolean core = path.getFirst().equals("api");
        return Answer.ok(
                switch (path.size()) {
                    case 1 -> core ? Discovery.core() : Discovery.groups();
                    case 2 ->
                            core ? Discovery.resources(path.get(1)) : Discovery.group(path.get(1));
                    default -> Discovery.resources(path.get(1) + "/" + path.get(2));
                });
    }
}
