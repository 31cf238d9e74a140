package dev.cnilab.kube.api;

import static dev.cnilab.kube.api.ApiCaller.Call.get;
import static dev.cnilab.kube.api.ApiCaller.Call.send;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.kube.api.ApiCaller.Answered;
import dev.cnilab.kube.api.ApiCaller.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the same requests to kube-apiserver (1.37 in CI) and to this API. Differences are listed
 * here and explained in docs/embedded-api.md; an unlisted difference fails the test, and so does a
 * listed one that no longer exists.
 */
@Tag("real-kind")
class RealApiServerIT {
    private static final String JSON = "application/json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String MAP =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\",\"labels\":{\"a\":\"b\"}},\"data\":{\"k\":\"v\"}}";
    private static final String POD =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i:1\",\"ports\":[{\"containerPort\":80}]}]}}";
    private static final String DEPLOYMENT =
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i:1\"}]}}}}";
    private static final String SERVICE =
            "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\"},\"spec\":{\"selector\":{\"a\":\"b\"},\"ports\":[{\"port\":80}]}}";

    /** The calls, in order: later ones depend on objects of earlier ones. */
    private static Map<String, Call> calls() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("create", send("POST", MAPS, JSON, MAP));
        calls.put("create again", send("POST", MAPS, JSON, MAP));
        calls.put("create in no namespace", send("POST", MAPS.replace("default", "no"), JSON, MAP));
        calls.put(
                "create without a name",
                send("POST", MAPS, JSON, MAP.replace("\"name\":\"m\",", "")));
        calls.put(
                "create with a bad name", send("POST", MAPS, JSON, MAP.replace("\"m\"", "\"M_\"")));
        calls.put("create another kind", send("POST", MAPS, JSON, POD));
        calls.put(
                "create a wrong type",
                send("POST", MAPS, JSON, MAP.replace("{\"k\":\"v\"}", "[]")));
        calls.put("create half a body", send("POST", MAPS, JSON, MAP.substring(0, 30)));
        calls.put("create from text", send("POST", MAPS, "text/plain", MAP));
        calls.put("create in every namespace", send("POST", "/api/v1/configmaps", JSON, MAP));
        calls.put("get", get(MAPS + "/m"));
        calls.put("get a missing object", get(MAPS + "/nobody"));
        calls.put("get as XML", new Call("GET", MAPS + "/m", "", "application/xml", ""));
        calls.put(
                "get metadata",
                new Call(
                        "GET",
                        MAPS + "/m",
                        "",
                        "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                        ""));
        calls.put("list", get(MAPS + "?labelSelector=a%3Db"));
        calls.put("list by a bad label", get(MAPS + "?labelSelector=a%3D%3D%3Db"));
        calls.put("list by an unknown field", get(PODS + "?fieldSelector=colour%3Dred"));
        calls.put("list by name", get(MAPS + "?fieldSelector=metadata.name%3Dm"));
        calls.put("list from the future", get(MAPS + "?resourceVersion=99999999"));
        calls.put("list of no version", get(MAPS + "?resourceVersion=new"));
        calls.put("list from a bad place", get(MAPS + "?limit=1&continue=nonsense"));
        calls.put(
                "replace a stale one",
                send(
                        "PUT",
                        MAPS + "/m",
                        JSON,
                        MAP.replace("\"name\":\"m\"", "\"name\":\"m\",\"resourceVersion\":\"1\"")));
        calls.put("replace another", send("PUT", MAPS + "/n", JSON, MAP));
        calls.put(
                "merge patch",
                send("PATCH", MAPS + "/m", MERGE, "{\"data\":{\"x\":\"y\",\"k\":null}}"));
        calls.put(
                "JSON patch",
                send(
                        "PATCH",
                        MAPS + "/m",
                        JSON_PATCH,
                        "[{\"op\":\"add\",\"path\":\"/data/z\",\"value\":\"1\"}]"));
        calls.put(
                "JSON patch of nothing",
                send(
                        "PATCH",
                        MAPS + "/m",
                        JSON_PATCH,
                        "[{\"op\":\"remove\",\"path\":\"/data/no\"}]"));
        calls.put("patch of no kind", send("PATCH", MAPS + "/m", JSON, "{}"));
        calls.put(
                "apply",
                send(
                        "PATCH",
                        MAPS + "/applied?fieldManager=one",
                        APPLY,
                        MAP.replace("\"m\"", "\"applied\"")));
        calls.put(
                "apply against another",
                send(
                        "PATCH",
                        MAPS + "/applied?fieldManager=two",
                        APPLY,
                        MAP.replace("\"m\"", "\"applied\"").replace("\"v\"", "\"w\"")));
        calls.put(
                "apply without a manager",
                send("PATCH", MAPS + "/applied", APPLY, MAP.replace("\"m\"", "\"applied\"")));
        calls.put("create a pod", send("POST", PODS, JSON, POD));
        calls.put(
                "create an empty pod",
                send(
                        "POST",
                        PODS,
                        JSON,
                        "{\"metadata\":{\"name\":\"e\"},\"spec\":{\"containers\":[]}}"));
        calls.put(
                "create a nameless container",
                send("POST", PODS, JSON, POD.replace("\"name\":\"c\",", "")));
        calls.put(
                "change a pod's command",
                send(
                        "PATCH",
                        PODS + "/p",
                        STRATEGIC,
                        "{\"spec\":{\"containers\":[{\"name\":\"c\",\"command\":[\"x\"]}]}}"));
        calls.put(
                "change a pod's image",
                send(
                        "PATCH",
                        PODS + "/p",
                        STRATEGIC,
                        "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i:2\"}]}}"));
        calls.put("logs of a pod on no node", get(PODS + "/p/log"));
        calls.put("exec without an upgrade", send("POST", PODS + "/p/exec?command=x", "", ""));
        calls.put("create a deployment", send("POST", DEPLOYMENTS, JSON, DEPLOYMENT));
        calls.put(
                "scale",
                send("PATCH", DEPLOYMENTS + "/d/scale", MERGE, "{\"spec\":{\"replicas\":3}}"));
        calls.put(
                "another selector",
                send(
                        "PATCH",
                        DEPLOYMENTS + "/d",
                        MERGE,
                        "{\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"c\"}}}}"));
        calls.put(
                "a template that does not fit",
                send(
                        "POST",
                        DEPLOYMENTS,
                        JSON,
                        DEPLOYMENT
                                .replace("\"labels\":{\"a\":\"b\"}", "\"labels\":{\"a\":\"z\"}")
                                .replace("\"d\"", "\"z\"")));
        calls.put(
                "create a service",
                send("POST", "/api/v1/namespaces/default/services", JSON, SERVICE));
        calls.put(
                "create a service without ports",
                send(
                        "POST",
                        "/api/v1/namespaces/default/services",
                        JSON,
                        SERVICE.replace("{\"port\":80}", "").replace("\"s\"", "\"t\"")));
        for (String table :
                List.of(
                        PODS,
                        MAPS,
                        DEPLOYMENTS,
                        "/api/v1/nodes",
                        "/api/v1/namespaces",
                        "/api/v1/namespaces/default/services",
                        "/api/v1/namespaces/default/endpoints",
                        "/apis/apps/v1/daemonsets",
                        "/apis/apps/v1/replicasets",
                        "/api/v1/secrets",
                        "/api/v1/serviceaccounts",
                        "/api/v1/events",
                        "/apis/coordination.k8s.io/v1/leases")) {
            calls.put(
                    "table " + table.substring(table.lastIndexOf('/') + 1),
                    new Call("GET", table, "", TABLE, ""));
        }
        calls.put("a group that is none", get("/apis/none/v1/things"));
        calls.put("a kind that is none", get("/api/v1/things"));
        calls.put("a method that is none", send("PATCH", MAPS, MERGE, "{}"));
        calls.put(
                "delete of another",
                send("DELETE", MAPS + "/m", JSON, "{\"preconditions\":{\"uid\":\"x\"}}"));
        calls.put("delete", send("DELETE", MAPS + "/m", "", ""));
        calls.put("delete again", send("DELETE", MAPS + "/m", "", ""));
        return calls;
    }

    /** The parts of the response that differ, by call. */
    private static final Map<String, String> DIFFERENCES =
            Map.ofEntries(
                    entry("JSON patch of nothing", "message"),
                    entry("a group that is none", "kind apiVersion status reason message"),
                    entry("a template that does not fit", "message"),
                    entry("another selector", "message"),
                    entry("change a pod's command", "message"),
                    entry("change a pod's image", "spec"),
                    entry("create a pod", "spec"),
                    entry("create a service", "spec"),
                    entry("create another kind", "message"),
                    entry("create half a body", "message"),
                    entry("delete of another", "message"),
                    entry("get as XML", "message"),
                    entry("list by a bad label", "message"),
                    entry("list from a bad place", "message"),
                    entry("list from the future", "message"),
                    entry("list of no version", "message"),
                    entry("patch of no kind", "message"),
                    entry("table serviceaccounts", "columns"));

    @Test
    void allDifferencesAreListed(@TempDir Path directory) throws Exception {
        assumeTrue(RealApiServer.available(), "no kube-apiserver and etcd on PATH");
        Map<String, String> differences = new TreeMap<>();
        List<String> details = new ArrayList<>();
        try (RealApiServer real =
                        RealApiServer.start(Files.createDirectory(directory.resolve("real")));
                TestApi ours = new TestApi(directory.resolve("ours"))) {
            ours.store.remove(dev.cnilab.kube.ResourceType.POD, "default", "demo");
            ApiCaller there = new ApiCaller(real.port, RealApiServer.TOKEN);
            ApiCaller here = new ApiCaller(ours.port, TestApi.TOKEN);
            for (Map.Entry<String, Call> call : calls().entrySet()) {
                Map<String, String> found =
                        differences(there.call(call.getValue()), here.call(call.getValue()));
                if (!found.isEmpty()) {
                    differences.put(call.getKey(), String.join(" ", found.keySet()));
                    found.forEach(
                            (part, both) -> details.add(call.getKey() + ": " + part + ": " + both));
                }
            }
            assertThat(new ApiCaller(real.port, "wrong").code(MAPS)).isEqualTo(401);
            assertThat(new ApiCaller(ours.port, "wrong").code(MAPS)).isEqualTo(401);
        }
        assertThat(differences)
                .as("real | ours:\n" + String.join("\n", details))
                .isEqualTo(new TreeMap<>(DIFFERENCES));
    }

    private static Map<String, String> differences(Answered real, Answered ours) {
        Map<String, String> found = new LinkedHashMap<>();
        compare(found, "code", real.code(), ours.code());
        for (String field : List.of("kind", "apiVersion", "status", "reason")) {
            if (!real.body().path(field).isObject()) {
                compare(
                        found,
                        field,
                        real.body().path(field).asText(),
                        ours.body().path(field).asText());
            }
        }
        if (real.code() >= 400) {
            compare(found, "message", message(real), message(ours));
        }
        compare(found, "spec", real.body().path("spec"), ours.body().path("spec"));
        compare(found, "data", real.body().path("data"), ours.body().path("data"));
        compare(found, "columns", columns(real.body()), columns(ours.body()));
        compare(found, "names", names(real.body()), names(ours.body()));
        return found;
    }

    private static String message(Answered answer) {
        return answer.body()
                .path("message")
                .asText()
                .replaceAll("[0-9]{4,}|\\b[0-9a-f-]{36}\\b", "N");
    }

    private static List<String> columns(JsonNode table) {
        List<String> columns = new ArrayList<>();
        table.path("columnDefinitions")
                .forEach(column ->
                        columns.add(
                                column.path("name").asText()
                                        + "/"
                                        + column.path("priority").asInt()));
        return columns;
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names;
    }

    private static void compare(Map<String, String> found, String what, Object real, Object ours) {
        if (!real.equals(ours)) {
            found.put(what, real + " | " + ours);
        }
    }
}
