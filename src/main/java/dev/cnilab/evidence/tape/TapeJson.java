package dev.cnilab.evidence.tape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Tunnel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Converts a tape to JSON and back. Captures are in separate files, which other tools can read. */
public final class TapeJson {

    /** Stores the stdout of a command. */
    @FunctionalInterface
    public interface Keeper {

        /**
         * @return the file's name, by which {@link Finder} finds it
         */
        String keep(RecordedQuery question, byte[] stdout) throws IOException;
    }

    /** Finds stored output. */
    @FunctionalInterface
    public interface Finder {
        byte[] find(String file) throws IOException;
    }

    private TapeJson() {}

    public static ArrayNode write(Tape tape, Keeper keeper) throws IOException {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Tape.Entry entry : tape.entries()) {
            ObjectNode object = json.addObject();
            object.put("asked", entry.question().kind().name());
            entry.question().at().ifPresent(at -> object.put("at", at.id()));
            if (!entry.question().argv().isEmpty()) {
                entry.question().argv().forEach(object.putArray("argv")::add);
            }
            write(entry, keeper, object);
        }
        return json;
    }

    private static void write(Tape.Entry entry, Keeper keeper, ObjectNode json) throws IOException {
        switch (entry.answer()) {
            case RecordedReply.Nodes(var nodes) ->
                    put("nodes", nodes.stream().map(ObjectsJson::of).toList(), json);
            case RecordedReply.Pods(var pods) ->
                    put("pods", pods.stream().map(ObjectsJson::of).toList(), json);
            case RecordedReply.Services(var services) ->
                    put("services", services.stream().map(ObjectsJson::of).toList(), json);
            case RecordedReply.TunnelAnswer(Optional<Tunnel> tunnel) ->
                    json.set("tunnel", tunnel.map(ObjectsJson::of).orElse(null));
            case RecordedReply.Ended(ExecResult result) ->
                    json.put("exitCode", result.exitCode())
                            .put("stdout", result.stdout())
                            .put("stderr", result.stderr());
            case RecordedReply.Streamed(byte[] stdout, String stderr) ->
                    json.put("file", keeper.keep(entry.question(), stdout)).put("stderr", stderr);
            case RecordedReply.Failed(String message) -> json.put("failed", message);
        }
    }

    private static void put(String name, List<ObjectNode> objects, ObjectNode json) {
        ArrayNode array = json.putArray(name);
        objects.forEach(array::add);
    }

    /**
     * @throws IllegalArgumentException if it is not a tape
     */
    public static Tape read(JsonNode json, Finder finder) throws IOException {
        List<Tape.Entry> entries = new ArrayList<>();
        for (JsonNode each : json) {
            List<String> argv = new ArrayList<>();
            each.path("argv").forEach(word -> argv.add(word.asText()));
            RecordedQuery question =
                    new RecordedQuery(
                            RecordedQuery.Kind.valueOf(each.path("asked").asText()),
                            Optional.ofNullable(each.get("at"))
                                    .map(JsonNode::asText)
                                    .map(Place::parse),
                            argv);
            entries.add(new Tape.Entry(question, answer(question, each, finder)));
        }
        return new Tape(entries);
    }

    private static RecordedReply answer(RecordedQuery question, JsonNode json, Finder finder)
            throws IOException {
        if (json.has("failed")) {
            return new RecordedReply.Failed(json.path("failed").asText());
        }
        return switch (question.kind()) {
            case NODES -> new RecordedReply.Nodes(list(json.path("nodes"), ObjectsJson::node));
            case PODS -> new RecordedReply.Pods(list(json.path("pods"), ObjectsJson::pod));
            case SERVICES ->
                    new RecordedReply.Services(list(json.path("services"), ObjectsJson::service));
            case TUNNEL ->
                    new RecordedReply.TunnelAnswer(
                            json.path("tunnel").isNull()
                                    ? Optional.empty()
                                    : Optional.of(ObjectsJson.tunnel(json.path("tunnel"))));
            case EXEC ->
                    new RecordedReply.Ended(
                            new ExecResult(
                                    question.argv(),
                                    json.path("exitCode").asInt(),
                                    json.path("stdout").asText(),
                                    json.path("stderr").asText()));
            case START ->
                    new RecordedReply.Streamed(
                            finder.find(json.path("file").asText()), json.path("stderr").asText());
        };
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> reader) {
        List<T> list = new ArrayList<>();
        json.forEach(each -> list.add(reader.apply(each)));
        return list;
    }
}
