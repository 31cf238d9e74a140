package dev.cnilab.spec.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/**
 * Collects the problems of a file and of those that it refers to, and the position of each value in
 * one document.
 */
public final class Problems {

    private final String file;
    private final List<Problem> found;
    private final Map<String, Mark> marks = new HashMap<>();

    /**
     * Creates an empty collection.
     *
     * @param file as the user named it
     */
    public Problems(String file) {
        this(file, new ArrayList<>());
    }

    private Problems(String file, List<Problem> found) {
        this.file = file;
        this.found = found;
    }

    /**
     * Returns the collection for a document of another file, whose problems are in this one, too.
     */
    public Problems in(String other) {
        return new Problems(other, found);
    }

    String file() {
        return file;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns all problems, in the order of the file, then those of other files. */
    public List<Problem> all() {
        return found.stream()
                .sorted(
                        Comparator.comparing((Problem problem) -> !problem.file().equals(file))
                                .thenComparing(Problem::file)
                                .thenComparingInt(Problem::line)
                                .thenComparingInt(Problem::column))
                .toList();
    }

    /**
     * Adds a problem of the value at a path; when the value is absent, at its nearest existing
     * parent.
     */
    public void at(String path, String message, String hint) {
        String place = path;
        while (!marks.containsKey(place) && !place.isEmpty()) {
            place = place.substring(0, Math.max(0, place.replace('[', '.').lastIndexOf('.')));
        }
        add(marks.get(place), path, message, hint);
    }

    void add(@Nullable Mark mark, String path, String message, String hint) {
        int line = mark == null ? 0 : mark.getLine() + 1;
        int column = mark == null ? 0 : mark.getColumn() + 1;
        found.add(new Problem(file, line, column, path, message, hint));
    }

    void remember(String path, Mark mark) {
        marks.put(path, mark);
    }
}
