package dev.cnilab.kube;

import static dev.cnilab.kube.ResourceType.CONFIG_MAP;
import static dev.cnilab.kube.ResourceType.NODE;
import static dev.cnilab.kube.ResourceType.POD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreTest {
    private final Store store = new Store();

    private static ObjectNode object(String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("namespace", namespace).put("name", name);
        return object;
    }

    private static ObjectNode pod(String name, String node) {
        ObjectNode pod = object("default", name);
        pod.putObject("spec").put("nodeName", node).putArray("containers");
        return pod;
    }

    @Test
    void createFillsInMetadata() {
        ObjectNode created = store.create(POD, pod("a", ""));

        assertThat(created.path("kind").asText()).isEqualTo("Pod");
        assertThat(created.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(ObjectMeta.uid(created)).isNotEmpty();
        assertThat(ObjectMeta.resourceVersion(created)).isEqualTo("2");
        assertThat(created.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(created.at("/spec/restartPolicy").asText()).isEqualTo("Always");
        assertThat(created.at("/status/phase").asText()).isEqualTo("Pending");
    }

    @Test
    void generatedNamesDiffer() {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.putObject("metadata").put("namespace", "default").put("generateName", "demo-");

        String first = ObjectMeta.name(store.create(POD, wanted));
        String second = ObjectMeta.name(store.create(POD, wanted));

        assertThat(first).matches("demo-[a-z0-9]{5}").isNotEqualTo(second);
    }

    @Test
    void createOfAnExistingNameFails() {
        store.create(CONFIG_MAP, object("default", "a"));
        store.create(CONFIG_MAP, object("other", "a"));

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> store.create(CONFIG_MAP, object("default", "a")))
                .withMessage("configmaps \"a\" already exists")
                .extracting(ApiException::code)
                .isEqualTo(409);
    }

    @Test
    void generationIncrementsOnSpecChangesOnly() {
        store.create(POD, pod("a", ""));

        store.update(POD, "default", "a", StoreTest::label);
        store.updateStatus(POD, "default", "a", p -> p.set("status", object("", "")));
        assertThat(generation("a")).isEqualTo(1);

        store.update(
                POD,
                "default",
                "a",
                p -> {
                    p.withObject("spec").put("nodeName", "n");
                    return p;
                });
        assertThat(generation("a")).isEqualTo(2);
    }

    private static ObjectNode label(ObjectNode object) {
        object.withObject("metadata").putObject("labels").put("x", "1");
        return object;
    }

    private int generation(String name) {
        return store.get(POD, "default", name).orElseThrow().at("/metadata/generation").asInt();
    }

    @Test
    void specAndStatusAreUpdatedSeparately() {
        store.create(POD, pod("a", "n"));

        ObjectNode updated = store.update(POD, "default", "a", StoreTest::setBoth);
        assertThat(updated.at("/spec/x").asInt()).isEqualTo(1);
        assertThat(updated.at("/status/x").isMissingNode()).isTrue();

        ObjectNode status =
                store.updateStatus(
                        POD,
                        "default",
                        "a",
                        p -> {
                            p.withObject("spec").put("x", 2);
                            p.withObject("status").put("x", 2);
                            return p;
                        });
        assertThat(status.at("/spec/x").asInt()).isEqualTo(1);
        assertThat(status.at("/status/x").asInt()).isEqualTo(2);
    }

    private static ObjectNode setBoth(ObjectNode pod) {
        pod.withObject("spec").put("x", 1);
        pod.withObject("status").put("x", 1);
        return pod;
    }

    @Test
    void unchangedUpdateMakesNoNewRevision() {
        ObjectNode created = store.create(NODE, object("", "n"));

        ObjectNode same = store.update(NODE, "", "n", node -> node);

        assertThat(same).isSameAs(created);
    }

    @Test
    void staleResourceVersionConflicts() {
        ObjectNode first = store.create(CONFIG_MAP, object("default", "a"));
        store.update(CONFIG_MAP, "default", "a", o -> o.put("x", 1));

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() ->
                        store.update(CONFIG_MAP, "default", "a", _ -> first.deepCopy().put("x", 2)))
                .withMessageContaining("the object has been modified")
                .extracting(e -> e.status().path("reason").asText())
                .isEqualTo("Conflict");
    }

    @Test
    void scheduledPodIsDeletedGracefully() {
        store.create(POD, pod("a", "worker"));

        ObjectNode marked = store.delete(POD, "default", "a").orElseThrow();
        assertThat(ObjectMeta.deleting(marked)).isTrue();
        assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(store.get(POD, "default", "a")).isPresent();

        store.delete(POD, "default", "a", OptionalLong.of(0));
        assertThat(store.get(POD, "default", "a")).isEmpty();
    }

    @Test
    void unscheduledPodIsDeletedAtOnce() {
        store.create(POD, pod("a", ""));

        assertThat(store.delete(POD, "default", "a")).isPresent();
        assertThat(store.list(POD)).isEmpty();
        assertThat(store.delete(POD, "default", "a")).isEmpty();
    }

    @Test
    void objectIsKeptUntilItsLastFinalizerIsRemoved() {
        ObjectNode held = object("default", "a");
        held.withObject("metadata").putArray("finalizers").add("lab/test");
        store.create(CONFIG_MAP, held);

        store.delete(CONFIG_MAP, "default", "a");
        assertThat(store.list(CONFIG_MAP)).hasSize(1);

        store.update(
                CONFIG_MAP,
                "default",
                "a",
                o -> {
                    o.withObject("metadata").remove("finalizers");
                    return o;
                });
        assertThat(store.list(CONFIG_MAP)).isEmpty();
    }

    @Test
    void watchListsThenDeliversChangesInOrder() throws InterruptedException {
        store.create(NODE, object("", "b"));
        store.create(NODE, object("", "a"));
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Watch _ =
                store.watch(e -> seen.add(e.type() + " " + ObjectMeta.name(e.object())), NODE)) {
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED b");
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED a");
            store.create(CONFIG_MAP, object("default", "unwatched"));
            store.update(NODE, "", "a", node -> node.put("x", 1));
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("MODIFIED a");
            store.delete(NODE, "", "a");
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("DELETED a");
        }
    }

    @Test
    void blockedListenerDelaysNoOtherAndGetsTheLastState() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<WatchEvent> slow = new LinkedBlockingQueue<>();
        BlockingQueue<WatchEvent> fast = new LinkedBlockingQueue<>();
        try (Watch _ =
                        store.watch(
                                event -> {
                                    slow.add(event);
                                    stuck.countDown();
                                    await(release);
                                },
                                NODE);
                Watch _ = store.watch(fast::add, NODE)) {
            store.create(NODE, object("", "first"));
            assertThat(stuck.await(5, TimeUnit.SECONDS)).isTrue();
            store.create(NODE, object("", "n"));
            for (int i = 1; i <= 1000; i++) {
                int x = i;
                store.update(NODE, "", "n", node -> node.put("x", x));
            }
            store.create(NODE, object("", "brief"));
            store.delete(NODE, "", "brief");
            WatchEvent last = fast.poll(5, TimeUnit.SECONDS);
            while (last != null
                    && last.type() != WatchEvent.Type.DELETED
                    && last.object().path("x").asInt() < 1000) {
                last = fast.poll(5, TimeUnit.SECONDS);
            }
            assertThat(last).isNotNull();
            release.countDown();

            assertThat(ObjectMeta.name(take(slow).object())).isEqualTo("first");
            WatchEvent merged = take(slow);
            assertThat(merged.type()).isEqualTo(WatchEvent.Type.ADDED);
            assertThat(merged.object().path("x").asInt()).isEqualTo(1000);
            assertThat(slow.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    private static WatchEvent take(BlockingQueue<WatchEvent> queue) throws InterruptedException {
        WatchEvent event = queue.poll(5, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return java.util.Objects.requireNonNull(event);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void historyServesLaterChangesUntilExpired() throws InterruptedException {
        Store small = new Store(java.time.Clock.systemUTC(), 4);
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ObjectNode created = small.create(NODE, object("", "n" + i));
            revisions.add(Long.parseLong(ObjectMeta.resourceVersion(created)));
        }

        assertThat(small.history().after(revisions.get(6), 1))
                .extracting(event -> ObjectMeta.name(event.object()))
                .containsExactly("n7", "n8", "n9");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> small.history().after(revisions.get(2), 1))
                .extracting(ApiException::code)
                .isEqualTo(410);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> small.history().after(9999, 1))
                .extracting(ApiException::code)
                .isEqualTo(410);
    }

    @Test
    void copyIsIndependent() {
        store.create(NODE, object("", "n"));
        Store copy = store.copy();
        copy.delete(NODE, "", "n");
        assertThat(store.list(NODE)).hasSize(1);
        assertThat(copy.list(NODE)).isEmpty();
    }
}
