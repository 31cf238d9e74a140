package dev.cnilab.walk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a walk did to a lab, and what came of it.
 *
 * @param entries in their order
 */
public record CommandTape(List<Entry> entries) {

    /** Something that was done. */
    public enum Kind {
        RUN,
        APPLY,
        BEFORE,
        RESTORE
    }

    /**
     * @param words of a command; empty where objects are read or written
     * @param objects their manifests; empty for a command
     */
    public record Deed(Kind kind, List<String> words, String objects) {

        static Deed run(List<String> words) {
            return new Deed(Kind.RUN, words, "");
        }

        static Deed objects(Kind kind, String manifests) {
            return new Deed(kind, List.of(), manifests);
        }
    }

    /**
     * @param output what a command printed, or the objects that were read
     */
    public record Entry(Deed deed, int exit, String output) {}

    public CommandTape {
        entries = List.copyOf(entries);
    }

    /** Does everything in a lab, and keeps it. */
    public static final class Recording implements Commands {

        private final Commands lab;
        private final List<Entry> entries = new ArrayList<>();

        public Recording(Commands lab) {
            this.lab = lab;
        }

        public synchronized CommandTape tape() {
            return new CommandTape(entries);
        }

        private synchronized void add(Deed deed, int exit, String output) {
            entries.add(new Entry(deed, exit, output));
        }

        @Override
        public int run(List<String> words, OutputStream output)
                throws IOException, InterruptedException {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            int exit = lab.run(words, copy);
            output.write(copy.toByteArray());
            add(Deed.run(words), exit, copy.toString(StandardCharsets.UTF_8));
            return exit;
        }

        @Override
        public void apply(String manifests) throws IOException {
            lab.apply(manifests);
            add(Deed.objects(Kind.APPLY, manifests), 0, "");
        }

        @Override
        public String before(String manifests) throws IOException {
            String before = lab.before(manifests);
            add(Deed.objects(Kind.BEFORE, manifests), 0, before);
            return before;
        }

        @Override
        public void restore(String before) throws IOException {
            lab.restore(before);
            add(Deed.objects(Kind.RESTORE, before), 0, "");
        }
    }

    /** Answers as the lab did: the same deed in turn as each time, and then as the last time. */
    static final class Replayed implements Commands {

        private final Map<Deed, Deque<Entry>> answers = new HashMap<>();
        private final List<Deed> done = new ArrayList<>();

        Replayed(CommandTape tape) {
            for (Entry entry : tape.entries()) {
                answers.computeIfAbsent(entry.deed(), _ -> new ArrayDeque<>()).add(entry);
            }
        }

        synchronized List<Deed> done() {
            return List.copyOf(done);
        }

        private synchronized Entry answer(Deed deed) throws IOException {
            done.add(deed);
            Deque<Entry> left = answers.get(deed);
            if (left == null) {
                throw new IOException("not on the tape: " + deed);
            }
            return left.size() > 1 ? left.remove() : left.element();
        }

        @Override
        public int run(List<String> words, OutputStream output) throws IOException {
            Entry answer = answer(Deed.run(words));
            output.write(answer.output().getBytes(StandardCharsets.UTF_8));
            return answer.exit();
        }

        @Override
        public void apply(String manifests) throws IOException {
            answer(Deed.objects(Kind.APPLY, manifests));
        }

        @Override
        public String before(String manifests) throws IOException {
            return answer(Deed.objects(Kind.BEFORE, manifests)).output();
        }

        @Override
        public void restore(String before) throws IOException {
            answer(Deed.objects(Kind.RESTORE, before));
        }
    }
}
