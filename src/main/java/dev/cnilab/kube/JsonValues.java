package dev.cnilab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Compares JSON values; numbers by value. */
public final class JsonValues {
    /** Numbers are equal by value: 1 from a parser and 1 from Java differ in class only. */
    private static final Comparator<JsonNode> BY_VALUE =
            (a, b) ->
                    a.isNumber() && b.isNumber()
                            ? a.decimalValue().compareTo(b.decimalValue())
                            : a.equals(b) ? 0 : 1;

    private JsonValues() {}

    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(BY_VALUE, b);
    }
}
