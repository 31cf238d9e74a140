package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A real store with all controllers running; the test simulates the kubelets. */
final class ControlledCluster implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES).build();
    private static final Duration BUDGET = Duration.ofSeconds(10);

    final Store store = new Store();
    private final ControllerSettings settings;
    private Controllers controllers;

    ControlledCluster() {
        this("10.244.0.0/16");
    }

    ControlledCluster(String podSubnet) {
        settings =
                ControllerSettings.of(
                        Ipv4Prefix.parse(podSubnet),
                        Ipv4Prefix.parse("10.96.0.0/16"),
                        Ipv4Address.parse("172.18.0.2"),
                        Optional.of("PEM"));
        controllers = new Controllers(store, settings);
        controllers.start();
    }

    /** Stops all controllers, as if they took long to look again. */
    void stopControllers() {
        controllers.close();
    }

    void startControllers() {
        controllers = new Controllers(store, settings);
        controllers.start();
    }

    /** Parses JSON with single quotes, which are more readable in Java. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    KubeObject create(ResourceType type, String text) {
        return new KubeObject(store.create(type, json(text)));
    }

    /** Creates a Ready node. */
    KubeObject node(String name) {
        KubeObject node = create(ResourceType.NODE, "{'metadata': {'name': '%s'}}".formatted(name));
        ready(ResourceType.NODE, node, true);
        return node;
    }

    void ready(ResourceType type, KubeObject object, boolean ready) {
        store.updateStatus(
                type,
                object.namespace(),
                object.name(),
                json -> {
                    Conditions.set(json, "Ready", ready ? "True" : "False", "", "");
                    return json;
                });
    }

    /** Runs a bound pod as a kubelet does. */
    void run(KubeObject pod, String address) {
        store.updateStatus(
                ResourceType.POD,
                pod.namespace(),
                pod.name(),
                json -> {
                    json.withObject("/status").put("phase", "Running").put("podIP", address);
                    Conditions.set(json, "Ready", "True", "", "");
                    return json;
                });
    }

    KubeObject get(ResourceType type, String namespace, String name) {
        return new KubeObject(store.get(type, namespace, name).orElseThrow());
    }

    List<KubeObject> list(ResourceType type) {
        return KubeObject.list(store, type);
    }

    List<KubeObject> pods() {
        return list(ResourceType.POD);
    }

    /** Simulates all kubelets: bound pods become ready, deleted ones terminate. */
    void kubelets() {
        for (KubeObject pod : pods()) {
            if (pod.terminating()) {
                store.remove(ResourceType.POD, pod.namespace(), pod.name());
            } else if (pod.spec().hasNonNull("nodeName") && !Pods.ready(pod)) {
                run(pod, "10.244.0.9");
            }
        }
    }

    <T> T eventually(Supplier<T> query, Predicate<T> enough) {
        return eventually(query, enough, () -> {});
    }

    /** Repeats the query until the predicate holds, running an action in between. */
    <T> T eventually(Supplier<T> query, Predicate<T> enough, Runnable between) {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        T seen = query.get();
        while (!enough.test(seen)) {
            if (System.nanoTime() > deadline) {
                return fail("not within %s; last seen: %s", BUDGET, seen);
            }
            between.run();
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            seen = query.get();
        }
        return seen;
    }

    @Override
    public void close() {
        controllers.close();
    }
}
