package dev.cnilab.spec;

import dev.cnilab.spec.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A lab's file that is not valid, with everything that is wrong with it. */
public final class SpecException extends Exception {

    private final List<Problem> problems;

    public SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
