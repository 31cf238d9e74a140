package dev.cnilab.graph.svg;

/**
 * A rectangle.
 *
 * @param x of its left edge, in pixels
 * @param y of its upper edge, in pixels
 */
record Box(int x, int y, int width, int height) {

    int right() {
        return x + width;
    }

    int bottom() {
        return y + height;
    }

    int centerX() {
        return x + width / 2;
    }

    int centerY() {
        return y + height / 2;
    }

    /** Returns the {@code index}th of {@code count} equal columns, {@code gap} pixels apart. */
    Box part(int index, int count, int gap) {
        int each = (width - gap * (count - 1)) / count;
        return new Box(x + index * (each + gap), y, each, height);
    }
}
