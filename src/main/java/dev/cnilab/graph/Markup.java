package dev.cnilab.graph;

/** Builds XML or HTML. Text from outside, such as pod names, is escaped. */
public final class Markup {

    /** Characters that XML 1.0 excludes, even when escaped. */
    private static final String NOT_XML =
            "[^\\u0009\\u000a\\u000d\\u0020-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]";

    private final StringBuilder text = new StringBuilder();

    /**
     * Writes a start tag.
     *
     * @param attributes names and values in turn; one whose value is "" is omitted
     */
    public Markup open(String name, Object... attributes) {
        return tag(name, ">", attributes);
    }

    public Markup close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    /** Writes an empty element: {@code <rect .../>}. */
    public Markup empty(String name, Object... attributes) {
        return tag(name, "/>", attributes);
    }

    /** Writes an element with text. */
    public Markup element(String name, String content, Object... attributes) {
        return open(name, attributes).text(content).close(name);
    }

    public Markup text(String content) {
        text.append(escaped(content));
        return this;
    }

    /** Adds markup that was written by this class or is bundled with this program. */
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
