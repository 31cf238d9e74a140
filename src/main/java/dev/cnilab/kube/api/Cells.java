package dev.cnilab.kube.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints fields in table cells; an absent field is {@code <none>}. */
final class Cells {
    private static final String NONE = "<none>";

    private Cells() {}

    static Column.Cell constant(String text) {
        return (_, _) -> text;
    }

    static Column.Cell text(String path) {
        JsonPointer pointer = JsonPointer.compile(path);
        return (object, _) -> orNone(object.at(pointer).asText(""));
    }

    static Column.Cell lower(String path) {
        return (object, now) -> text(path).print(object, now).toLowerCase(Locale.ROOT);
    }

    static Column.Cell number(String path) {
        JsonPointer pointer = JsonPointer.compile(path);
        return (object, _) -> Long.toString(object.at(pointer).asLong());
    }

    /** The number of a map's entries. */
    static Column.Cell size(String path) {
        JsonPointer pointer = JsonPointer.compile(path);
        return (object, _) -> Integer.toString(object.at(pointer).size());
    }

    static Column.Cell joined(String separator, Column.Cell first, Column.Cell second) {
        return (object, now) -> first.print(object, now) + separator + second.print(object, now);
    }

    /** A map of labels: {@code app=demo,tier=web}. */
    static Column.Cell labels(String path) {
        JsonPointer pointer = JsonPointer.compile(path);
        return (object, _) -> {
            List<String> labels = new ArrayList<>();
            for (var label : object.at(pointer).properties()) {
                labels.add(label.getKey() + "=" + label.getValue().asText());
            }
            return list(labels);
        };
    }

    /** A field of each item of a list. */
    static Column.Cell each(String path, String field) {
        JsonPointer pointer = JsonPointer.compile(path);
        JsonPointer inner = JsonPointer.compile(field);
        return (object, _) -> {
            List<String> values = new ArrayList<>();
            for (JsonNode item : object.at(pointer)) {
                values.add(item.at(inner).asText());
            }
            return list(values);
        };
    }

    static Column.Cell containers(String field) {
        return each("/spec/template/spec/containers", field);
    }

    static Column.Cell age(String path) {
        JsonPointer pointer = JsonPointer.compile(path);
        return (object, now) -> age(object.at(pointer).asText(), now);
    }

    /** The time since a timestamp, as {@code duration.HumanDuration} of apimachinery prints it. */
    static String age(String timestamp, Instant now) {
        try {
            return human(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeException e) {
            return "<unknown>";
        }
    }

    private static String human(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        long minutes = age.toMinutes();
        long hours = age.toHours();
        if (seconds < 120) {
            return seconds + "s";
        } else if (minutes < 10) {
            return minutes + "m" + unlessZero(seconds % 60, "s");
        } else if (minutes < 180) {
            return minutes + "m";
        } else if (hours < 8) {
            return hours + "h" + unlessZero(minutes % 60, "m");
        } else if (hours < 48) {
            return hours + "h";
        } else if (hours < 192) {
            return hours / 24 + "d" + unlessZero(hours % 24, "h");
        }
        return hours / 24 + "d";
    }

    private static String unlessZero(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    /** At most three values, then the number of further ones, as kubectl shortens lists. */
    static String list(List<String> values) {
        int shown = Math.min(3, values.size());
        String text = String.join(",", values.subList(0, shown));
        int more = values.size() - shown;
        return more == 0 ? orNone(text) : text + " + " + more + " more...";
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
