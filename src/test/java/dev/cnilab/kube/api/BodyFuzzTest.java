package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.http.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutated request bodies: each is accepted or gets a 4xx response. */
class BodyFuzzTest {
    private static final int ROUNDS = 300;
    private static final Set<Integer> ANSWERS = Set.of(200, 201, 400, 404, 409, 415, 422);
    private static final String POD =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"f\",\"labels\":{\"a\":\"b\"}},"
                    + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":80}]}]}}";
    private static final String YAML =
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: demo\nspec:\n  containers:\n  - name: demo\n    image: &i x\n    args: [*i]\n";
    private static final String JSON_PATCH =
            "[{\"op\":\"add\",\"path\":\"/metadata/labels/x\",\"value\":\"y\"}]";
    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/yaml",
                    "application/vnd.kubernetes.protobuf",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/json-patch+json",
                    "application/apply-patch+yaml",
                    "text/plain");
    private static final List<String> BODIES = List.of(POD, YAML, JSON_PATCH, "k8s\0\n\t\n\002v1");

    @Test
    void mutatedBodiesGetNoServerError(@TempDir Path directory) throws Exception {
        Random random = new Random(42);
        try (TestApi api = new TestApi(directory, 64, Limits.DEFAULT);
                RawClient client = new RawClient(api.port)) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] body = mutated(random);
                String type = TYPES.get(random.nextInt(TYPES.size()));
                boolean patch = type.contains("patch");
                String method = patch ? "PATCH" : random.nextBoolean() ? "POST" : "PUT";
                String path =
                        "/api/v1/namespaces/default/pods"
                                + (method.equals("POST") ? "" : "/demo")
                                + "?fieldManager=fuzz&fieldValidation="
                                + List.of("Strict", "Warn", "Ignore").get(random.nextInt(3));
                client.send(
                        "%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                                .formatted(method, path, TestApi.TOKEN, type, body.length));
                client.send(body);
                assertThat(client.answer())
                        .as("%s %s %s", method, type, new String(body, StandardCharsets.ISO_8859_1))
                        .isIn(ANSWERS);
            }
        }
    }

    private static byte[] mutated(Random random) {
        byte[] body =
                BODIES.get(random.nextInt(BODIES.size())).getBytes(StandardCharsets.ISO_8859_1);
        int length = random.nextInt(4) == 0 ? random.nextInt(body.length + 1) : body.length;
        byte[] mutated = Arrays.copyOf(body, length);
        for (int n = random.nextInt(4); n > 0 && length > 0; n--) {
            mutated[random.nextInt(length)] = (byte) random.nextInt(256);
        }
        return mutated;
    }
}
