package dev.cnilab.walk;

import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.spec.ShellWords;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.verify.probe.TemplateContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Faults to break, to find and to mend; one at a time. */
public final class Faults {

    /** Until a change has reached every node, and addresses that failed are asked for again. */
    private static final Duration SETTLE = Duration.ofSeconds(30);

    /** How long a reader waits for a verdict. */
    private static final Duration VERDICT = Duration.ofSeconds(3);

    private static final Duration SYMPTOM = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final List<Fault> faults;
    private final Commands commands;
    private final Walk.Look look;
    private final Undo undo;
    private final TimeFactor timeFactor;

    /**
     * @param timeFactor stretches every wait
     */
    public Faults(
            List<Fault> faults,
            Commands commands,
            Walk.Look look,
            UndoJournal journal,
            TimeFactor timeFactor) {
        this.faults = List.copyOf(faults);
        this.commands = commands;
        this.look = look;
        this.undo = new Undo(commands, journal);
        this.timeFactor = timeFactor;
    }

    public List<Fault> all() {
        return faults;
    }

    /**
     * The fault of that id.
     *
     * @throws Failure when there is none
     */
    public Fault named(String id) throws Failure {
        return faults.stream()
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new Failure(
                                Failure.Kind.USAGE,
                                "no-such-fault",
                                "unknown fault: " + id,
                                "there are: "
                                        + faults.stream()
                                                .map(Fault::id)
                                                .collect(Collectors.joining(", ")),
                                ""));
    }

    /** A fault that is in the lab: it sees the lab as it was before. */
    public final class Broken {

        private final Fault fault;
        private final TemplateContext before;

        private Broken(Fault fault, TemplateContext before) {
            this.fault = fault;
            this.before = before;
        }

        public Fault fault() {
            return fault;
        }

        /** What a reader is told of it, filled. */
        public String text(Text text, Language language) throws IOException {
            return before.fill(language.of(text));
        }

        /** Whether it is mended, as far as its symptom tells. */
        public FaultCheck check() throws IOException, InterruptedException {
            return await(FaultCheck::mended, VERDICT);
        }

        /**
         * Takes the fault back, whatever the reader did meanwhile.
         *
         * @throws Failure when its symptom stays
         */
        public void solve() throws IOException, InterruptedException {
            undo.one(fault.id());
            FaultCheck check = await(FaultCheck::mended, SETTLE);
            if (!check.mended()) {
                throw new Failure(
                        Failure.Kind.PROVIDER,
                        "fault-stays",
                        "the fault '" + fault.id() + "' is rolled back, but its symptom remains",
                        check.command() + "\n" + check.output(),
                        "lab verify shows what else is wrong; lab down, then lab up creates the lab again");
            }
        }

        private FaultCheck await(Predicate<FaultCheck> wanted, Duration budget)
                throws IOException, InterruptedException {
            long deadline = System.nanoTime() + timeFactor.times(budget).toNanos();
            while (true) {
                FaultCheck check = symptom();
                if (wanted.test(check) || System.nanoTime() > deadline) {
                    return check;
                }
                Thread.sleep(PAUSE);
            }
        }

        private FaultCheck symptom() throws IOException, InterruptedException {
            String line = before.fill(fault.symptom());
            String output =
                    Execution.start(commands, ShellWords.split(line))
                            .await(timeFactor.times(SYMPTOM));
            return new FaultCheck(line, output, Walk.missing(fault.expect(), output, before));
        }
    }

    /**
     * Puts a fault into the lab and waits until it shows.
     *
     * @throws Failure when the lab is not whole to begin with, or the fault does not show; it is
     *     taken back then
     */
    public Broken breakIt(Fault fault) throws IOException, InterruptedException {
        Broken broken = new Broken(fault, look.take());
        FaultCheck before = broken.await(FaultCheck::mended, SETTLE);
        if (!before.mended()) {
            throw failure("lab-not-whole", "the lab is broken without this fault", before);
        }
        undo.note(fault.id(), fault.broken(), fault.undo(), broken.before);
        try {
            undo.make(fault.broken(), broken.before);
            FaultCheck after = broken.await(check -> !check.mended(), SETTLE);
            if (after.mended()) {
                throw failure("fault-does-not-show", "'" + fault.id() + "' breaks nothing", after);
            }
            return broken;
        } catch (IOException | InterruptedException | RuntimeException e) {
            takeBack(fault, e);
            throw e;
        }
    }

    private void takeBack(Fault fault, Exception cause) {
        boolean interrupted = Thread.interrupted() || cause instanceof InterruptedException;
        try {
            undo.one(fault.id());
        } catch (IOException | InterruptedException e) {
            cause.addSuppressed(e);
        }
        if (interrupted && !(cause instanceof InterruptedException)) {
            Thread.currentThread().interrupt();
        }
    }

    private static Failure failure(String id, String what, FaultCheck check) {
        return new Failure(
                Failure.Kind.PROVIDER,
                id,
                what,
                check.command() + "\n" + check.output(),
                "lab verify shows more");
    }
}
