package dev.cnilab.spec;

import dev.cnilab.spec.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** An invalid lab file, with all its problems. */
public final class SpecException extends Exception {

    private final List<Problem> problems;

    public SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, at least one, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
