package dev.cnilab.walk;

import dev.cnilab.spec.WalkthroughSpec.Chapter;
import dev.cnilab.spec.WalkthroughSpec.Page;

/**
 * A page with its number in the walkthrough.
 *
 * @param number from 1
 * @param first whether it is its chapter's first page
 */
public record NumberedPage(int number, Chapter chapter, Page page, boolean first) {

    /** {@code CHAPTER/PAGE}, unique in the walkthrough. */
    public String id() {
        return chapter.id() + "/" + page.id();
    }
}
