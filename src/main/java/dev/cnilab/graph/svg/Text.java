package dev.cnilab.graph.svg;

/**
 * Text that fits its place.
 *
 * @param route identifier of the routing table's entry that it shows, for {@code data-route}; ""
 *     for other text
 */
record Text(Font font, String text, String route) {

    /** The fonts in use. */
    enum Font {
        HEADING(18, 0.60),
        TITLE(15, 0.58),
        NAME(13, 0.58),
        SMALL(12, 0.53),
        CODE(12, 0.602),
        CODE_SMALL(11, 0.602);

        /** Size in pixels. */
        final int size;

        /** Upper estimate of a character's width in em: fonts cannot be measured here. */
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

    /** Returns the text, shortened in the middle when it exceeds the width. */
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
