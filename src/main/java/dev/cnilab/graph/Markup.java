package dev.cnilab.graph;

/**
 * XML or HTML as it is written. Whatever text comes from outside, as the names of pods, goes
 * through here and stays text.
 */
public final class Markup {

    /** What XML 1.0 can't hold, not even escaped. */
    private static final String NOT_XML =
            "[^\\u0009\\u000a\\u000d\\u0020-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]";

    private final StringBuilder text = new StringBuilder();

    /**
     * @param attributes names and values in turn; one whose value is "" is left out
     */
    public Markup open(String name, Object... attributes) {
        return tag(name, ">", attributes);
    }

    public Markup close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    /** An element that holds nothing: {@code <rect .../>}. */
    public Markup empty(String name, Object... attributes) {
        return tag(name, "/>", attributes);
    }

    /** An element that holds this text. */
    public Markup element(String name, String content, Object... attributes) {
        return open(name, attributes).text(content).close(name);
    }

    public Markup text(String content) {
        text.append(escaped(content));
        return this;
    }

    /** What was written elsewhere by these rules, or ships with this program. */
    public Markup add(String markup) {
        text.append(markup);
        return this;
    }

    private Markup tag(String name, String end, Object... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            String value = String.valueOf(attributes[i + 1]);
            if (!value.isEmpty()) {
                text.append(' ')
                        .append(attributes[i])
                        .append("=\"")
                        .append(escaped(value))
                        .append('"');
            }
        }
        text.append(end);
        return this;
    }

    private static String escaped(String content) {
        return content.replaceAll(NOT_XML, "\ufffd")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
