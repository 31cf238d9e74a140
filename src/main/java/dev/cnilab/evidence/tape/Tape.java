package dev.cnilab.evidence.tape;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Questions with their answers, in the order in which they were answered. Safe to share. */
public final class Tape {

    /** One of them. */
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

    /** Gives the answers again. */
    Player player() {
        return new Player(entries());
    }

    /**
     * The same question gets its answers in their order. The last one stays: how often something is
     * asked that does not change is a matter of chance where several ask at once.
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
         * @throws IOException when it was not asked, or was not answered
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
