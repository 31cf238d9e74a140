package dev.cnilab.graph.svg;

/**
 * A piece of text that fits where it stands.
 *
 * @param route the routing table's entry that it is, as {@code data-route} names it; "" for others
 */
record Text(Font font, String text, String route) {

    /** The faces in use. */
    enum Font {
        HEADING(18, 0.60),
        TITLE(15, 0.58),
        NAME(13, 0.58),
        SMALL(12, 0.53),
        CODE(12, 0.602),
        CODE_SMALL(11, 0.602);

        /** In pixels. */
        final int size;

        /** Widest usual advance of a character, in em: no font is at hand to measure with. */
        private final double advance;

        Font(int size, double advance) {
            this.size = size;
            this.advance = advance;
        }

        int width(String text) {
            return (int) Math.ceil(text.codePointCount(0, text.length()) * size * advance);
        }
    }

    private static final String ELLIPSIS = "…";

    Text(Font font, String text) {
        this(font, text, "");
    }

    /** The text, or as much of its beginning and end as the width has room for. */
    static Text fitted(Font font, String text, int width) {
        int[] points = text.codePoints().toArray();
        int most = (int) (width / (font.size * font.advance));
        if (points.length <= most) {
            return new Text(font, text);
        }
        int kept = Math.max(1, most - 1);
        int head = (kept + 1) / 2;
        int tail = kept - head;
        return new Text(
                font,
                new String(points, 0, head)
                        + ELLIPSIS
                        + new String(points, points.length - tail, tail));
    }

    Text ofRoute(String id) {
        return new Text(font, text, id);
    }

    int width() {
        return font.width(text);
    }
}
