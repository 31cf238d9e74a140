package dev.cnilab.walk;

import dev.cnilab.spec.WalkthroughSpec.Chapter;
import dev.cnilab.spec.WalkthroughSpec.Page;

/**
 * A page with its place in the walk.
 *
 * @param number from 1
 * @param first whether its chapter starts with it
 */
public record NumberedPage(int number, Chapter chapter, Page page, boolean first) {

    /** {@code CHAPTER/PAGE}, distinct in the walk. */
    public String id() {
        return chapter.id() + "/" + page.id();
    }
}
