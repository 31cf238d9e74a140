package dev.cnilab.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.ProcessIdentity;

/**
 * The background process of a lab, once its API serves.
 *
 * @param startTime distinguishes it from a later process with the same PID
 * @param port of the API on 127.0.0.1
 */
record DaemonRecord(long pid, long startTime, int port) {

    static DaemonRecord of(ProcessIdentity process, int port) {
        return new DaemonRecord(process.pid(), process.startTime(), port);
    }

    static DaemonRecord parse(JsonNode json) {
        return new DaemonRecord(
                json.path("pid").asLong(),
                json.path("startTime").asLong(),
                json.path("port").asInt());
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pid", pid)
                .put("startTime", startTime)
                .put("port", port);
    }

    boolean isAlive() {
        return new ProcessIdentity(pid, startTime).isAlive();
    }
}
