package dev.cnilab.kube.schema;

import dev.cnilab.kube.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The schema of Kubernetes' types, read from {@code types.txt}. */
final class Schema {
    private static final Schema TYPES = read("types.txt");

    private final Map<String, List<Field>> lines;
    private final Map<String, Message> messages = new HashMap<>();

    private Schema(Map<String, List<Field>> lines) {
        this.lines = lines;
        lines.forEach((name, fields) -> messages.put(name, message(name, fields)));
    }

    private static Schema read(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, resource).readAllBytes(),
                            StandardCharsets.UTF_8);
            Map<String, List<Field>> lines = new HashMap<>();
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split(": ", 2);
                        List<Field> fields = new ArrayList<>();
                        for (String field : parts[1].split(", ")) {
                            fields.add(Field.parse(field));
                        }
                        lines.put(parts[0], fields);
                    });
            return new Schema(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own " + resource, e);
        }
    }

    private Message message(String name, List<Field> own) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<Integer, Field> numbers = new HashMap<>();
        own.forEach(field -> numbers.put(field.number(), field));
        addFields(own, fields);
        return new Message(name.substring(name.indexOf('.') + 1), fields, numbers);
    }

    private void addFields(List<Field> own, Map<String, Field> fields) {
        for (Field field : own) {
            if (field.inline() && field.type() instanceof Type.Struct(String inner)) {
                addFields(Objects.requireNonNull(lines.get(inner), inner), fields);
            } else {
                fields.put(field.name(), field);
            }
        }
    }

    static Message of(ResourceType type) {
        return of(type.apiVersion(), type.kind()).orElseThrow();
    }

    static Message of(Type.Struct struct) {
        return Objects.requireNonNull(TYPES.messages.get(struct.message()), struct.message());
    }

    /**
     * @param apiVersion such as {@code v1} or {@code apps/v1}
     */
    static Optional<Message> of(String apiVersion, String kind) {
        String group = apiVersion.contains("/") ? apiVersion.split("[./]", 2)[0] : "core";
        return Optional.ofNullable(TYPES.messages.get(group + "." + kind))
                .or(() -> Optional.ofNullable(TYPES.messages.get("meta." + kind)));
    }
}
