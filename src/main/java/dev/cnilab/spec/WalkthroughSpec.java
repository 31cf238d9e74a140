package dev.cnilab.spec;

import java.util.List;
import java.util.Optional;

/** What a person reads while walking through the lab. */
public record WalkthroughSpec(List<Chapter> chapters) {

    public WalkthroughSpec {
        chapters = List.copyOf(chapters);
    }

    /**
     * @param id a DNS label, distinct among chapters
     */
    public record Chapter(String id, Text title, List<Page> pages) {

        public Chapter {
            pages = List.copyOf(pages);
        }
    }

    /**
     * @param id a DNS label, distinct in the chapter
     * @param command to try
     */
    public record Page(String id, Text title, Text text, Optional<String> command) {}

    /** The same in English and, where translated, Chinese. */
    public record Text(String en, Optional<String> zh) {}
}
