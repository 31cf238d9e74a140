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

/** Injects and repairs faults, one at a time. */
public final class Faults {

    /** How long a change may take to reach all nodes and failed neighbours to be resolved again. */
    private static final Duration SETTLE = Duration.ofSeconds(30);

    /** Timeout of a reader's check. */
    private static final Duration VERDICT = Duration.ofSeconds(3);

    private static final Duration SYMPTOM = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final List<Fault> faults;
    private final Commands commands;
    private final Walk.Look look;
    private final Undo undo;
    private final TimeFactor timeFactor;

    /**
     * @param timeFactor multiplies every wait
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
     * Looks up a fault.
     *
     * @throws Failure if the id is unknown
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
                                "known: "
                                        + faults.stream()
                                                .map(Fault::id)
                                                .collect(Collectors.joining(", ")),
                                ""));
    }

    /** An injected fault, with the lab's values from before. */
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

        /** A text of the fault for the reader, with variables filled in. */
        public String text(Text text, Language language) throws IOException {
            return before.fill(language.of(text));
        }

        /** Checks by the symptom whether the fault is repaired. */
        public FaultCheck check() throws IOException, InterruptedException {
            return await(FaultCheck::fixed, VERDICT);
        }

        /**
         * Repairs the fault, whatever the reader has changed.
         *
         * @throws Failure if the symptom remains
         */
        public void solve() throws IOException, InterruptedException {
            undo.one(fault.id());
            FaultCheck check = await(FaultCheck::fixed, SETTLE);
            if (!check.fixed()) {
                throw new Failure(
                        Failure.Kind.PROVIDER,
                        "fault-stays",
                        "the fault '" + fault.id() + "' is rolled back, but its symptom remains",
                        check.command() + "\n" + check.output(),
                        "lab verify shows other problems; lab down, then lab up creates the lab again");
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
     * Injects a fault and waits for its symptom.
     *
     * @throws Failure if the symptom exists before, or does not appear; the fault is then rolled
     *     back
     */
    public Broken breakIt(Fault fault) throws IOException, InterruptedException {
        Broken broken = new Broken(fault, look.take());
        FaultCheck before = broken.await(FaultCheck::fixed, SETTLE);
        if (!before.fixed()) {
            throw failure("lab-not-whole", "the symptom exists without this fault", before);
        }
        undo.note(fault.id(), fault.broken(), fault.undo(), broken.before);
        try {
            undo.make(fault.broken(), broken.before);
            FaultCheck after = broken.await(check -> !check.fixed(), SETTLE);
            if (after.fixed()) {
                throw failure("fault-does-not-show", "'" + fault.id() + "' has no effect", after);
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
                "see lab verify");
    }
}
