package dev.cnilab.evidence.tape;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Queries with their replies, in the order of the replies. Thread-safe. */
public final class Tape {

    /** A query with its reply. */
    public record Entry(RecordedQuery question, RecordedReply answer) {}

    private final List<Entry> entries = new ArrayList<>();

    public Tape() {}

    public Tape(List<Entry> entries) {
        this.entries.addAll(entries);
    }

    synchronized void add(RecordedQuery question, RecordedReply answer) {
        entries.add(new Entry(question, answer));
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** A new player from the start of the tape. */
    Player player() {
        return new Player(entries());
    }

    /**
     * Returns the replies to equal queries in order, then the last one again: with concurrent
     * callers the number of equal queries varies.
     */
    static final class Player {

        private final Map<RecordedQuery, Deque<RecordedReply>> answers = new HashMap<>();

        private Player(List<Entry> entries) {
            for (Entry entry : entries) {
                answers.computeIfAbsent(entry.question(), _ -> new ArrayDeque<>())
                        .add(entry.answer());
            }
        }

        /**
         * @throws IOException if the query was not recorded, or failed
         */
        synchronized RecordedReply answer(RecordedQuery question) throws IOException {
            Deque<RecordedReply> left = answers.get(question);
            if (left == null) {
                throw new IOException("the evidence has no record of: " + question);
            }
            RecordedReply answer = left.size() > 1 ? left.remove() : left.element();
            if (Objects.requireNonNull(answer) instanceof RecordedReply.Failed failed) {
                throw new IOException(failed.message());
            }
            return answer;
        }
    }
}
