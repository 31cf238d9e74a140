package dev.cnilab.net.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a filter, read one after the other. */
final class FilterWords {

    private static final Pattern WORD =
            Pattern.compile("&&|\\|\\||[!=<>]=|[()\\[\\]!&|=<>]|[\\w.:/\\\\-]+|\\S");

    private record Word(String text, int column) {}

    private final String filter;
    private final List<Word> words = new ArrayList<>();
    private int next;

    FilterWords(String filter) {
        this.filter = filter;
        Matcher matcher = WORD.matcher(filter);
        while (matcher.find()) {
            words.add(new Word(matcher.group(), matcher.start() + 1));
        }
    }

    boolean atEnd() {
        return next == words.size();
    }

    /** The next word; "" at the end. */
    String peek() {
        return peek(0);
    }

    /**
     * @param ahead 0 for the next word
     */
    String peek(int ahead) {
        return next + ahead < words.size() ? words.get(next + ahead).text : "";
    }

    /** Reads the next word, which exists. */
    String take() {
        return words.get(next++).text;
    }

    /** Reads the next word if it is one of these. */
    boolean skip(String... alternatives) {
        boolean found = List.of(alternatives).contains(peek());
        if (found) {
            next++;
        }
        return found;
    }

    /** Names the next word and its column as not what was expected. */
    IllegalArgumentException expected(String what) {
        String found = atEnd() ? "the end" : "'" + peek() + "' at column " + words.get(next).column;
        return new IllegalArgumentException(
                "filter '" + filter + "': expected " + what + ", found " + found);
    }
}
