package dev.cnilab.embedded.controller;

import static dev.cnilab.embedded.controller.ControlledCluster.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ChangeLog;
import dev.cnilab.kube.Contents;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.WatchEvent;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

    private final Disk disk = new Disk();
    private final Store store = new Store(Clock.systemUTC(), Store.HISTORY, Contents.EMPTY, disk);
    private final EventRecorder events = new EventRecorder(store, "kubelet");
    private final ObjectNode pod =
            store.create(
                    ResourceType.POD,
                    json(
                            "{'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'name': 'p', 'namespace': 'n'}}"));

    /** A change log on a disk that may be full. */
    private static final class Disk implements ChangeLog {
        private boolean full;

        @Override
        public void record(WatchEvent event) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public void compact(Contents contents) {}
    }

    @Test
    void countsRepeatedEvents() {
        events.normal(pod, "Started", "Started container c");
        events.normal(pod, "Started", "Started container c");
        events.warning(pod, "Failed", "Error: x");

        assertThat(store.list(ResourceType.EVENT))
                .extracting(e -> e.path("reason").asText() + " " + e.path("count").asInt())
                .containsExactlyInAnyOrder("Started 2", "Failed 1");
    }

    /** A failed write must not end the thread of a container. */
    @Test
    void dropsAnEventThatCannotBeWritten() {
        events.normal(pod, "Started", "Started container c");
        disk.full = true;
        events.normal(pod, "Started", "Started container c");
        events.normal(pod, "Killing", "Stopping container c");
        disk.full = false;
        events.normal(pod, "Started", "Started container c");

        assertThat(store.list(ResourceType.EVENT))
                .extracting(e -> e.path("reason").asText() + " " + e.path("count").asInt())
                .containsExactly("Started 2");
    }
}
