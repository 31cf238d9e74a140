package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Kubernetes' IntOrString: {@code 2}, or {@code "25%"} of a total. */
record Proportion(JsonNode value) {

    static Proportion of(JsonNode value, int otherwise) {
        return new Proportion(value.isValueNode() ? value : IntNode.valueOf(otherwise));
    }

    static Proportion of(JsonNode value, String otherwise) {
        return new Proportion(value.isValueNode() ? value : TextNode.valueOf(otherwise));
    }

    long up(long total) {
        return percent() ? Math.ceilDiv(number() * total, 100) : number();
    }

    long down(long total) {
        return percent() ? number() * total / 100 : number();
    }

    private boolean percent() {
        return value.asText().endsWith("%");
    }

    private long number() {
        String text = value.asText();
        return Long.parseLong(percent() ? text.substring(0, text.length() - 1) : text);
    }
}
