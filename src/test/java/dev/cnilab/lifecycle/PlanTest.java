package dev.cnilab.lifecycle;

import static dev.cnilab.lifecycle.Plan.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

    @TempDir Path folder;
    private final List<String> events = new ArrayList<>();
    private Journal journal;

    @BeforeEach
    void openJournal() {
        journal = Journal.in(folder);
    }

    @Test
    void performsActionsThatAreNotDoneInOrder() throws IOException {
        Plan plan = inOrder(List.of(works("a"), works("b").doneWhen(() -> true), works("c")));

        assertThat(plan.make(journal, this::note, false)).isTrue();

        assertThat(events)
                .containsExactly(
                        "Started a", "Made a", "Started b", "Unchanged b", "Started c", "Made c");
        assertThat(journalled()).containsExactly("a BEGUN", "a DONE", "c BEGUN", "c DONE");
    }

    @Test
    void reportsWhenNothingChanged() throws IOException {
        assertThat(
                        inOrder(List.of(works("a").doneWhen(() -> true)))
                                .make(journal, this::note, false))
                .isFalse();
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void failureRollsBackThisRunsActionsLatestFirst() {
        Plan plan =
                inOrder(
                        List.of(
                                works("old").doneWhen(() -> true),
                                works("a"),
                                works("b"),
                                fails("c"),
                                works("never")));

        assertThatThrownBy(() -> plan.make(journal, this::note, false)).hasMessage("c fails");

        assertThat(events)
                .containsSubsequence(
                        "Made b", "Started c", "Failed c", "Undone c", "Undone b", "Undone a")
                .doesNotContain("Undone old", "Started never", "Undone never");
    }

    @Test
    void journalRecordsEachRollback() throws IOException {
        Plan plan = inOrder(List.of(works("a"), fails("b")));

        assertThatThrownBy(() -> plan.make(journal, this::note, false)).hasMessage("b fails");

        assertThat(journalled())
                .containsExactly("a BEGUN", "a DONE", "b BEGUN", "b UNDONE", "a UNDONE");
    }

    @Test
    void failedRollbacksAreReportedAndDoNotStopOthers() {
        Plan plan =
                inOrder(
                        List.of(
                                works("a"),
                                works("b")
                                        .undoBy(progress -> {
                                            throw new IOException("b stays");
                                        }),
                                works("c")
                                        .undoBy(progress -> {
                                            throw new IllegalStateException("c stays");
                                        }),
                                fails("d")));

        assertThatThrownBy(() -> plan.make(journal, this::note, false))
                .hasMessage("d fails")
                .satisfies(e ->
                        assertThat(e.getSuppressed())
                                .extracting(Throwable::getMessage)
                                .containsExactly("c stays", "b stays"));
        assertThat(events)
                .containsSubsequence("Undone d", "UndoFailed c", "UndoFailed b", "Undone a");
    }

    @Test
    void retainSkipsTheRollback() throws IOException {
        Plan plan = inOrder(List.of(works("a"), fails("b")));

        assertThatThrownBy(() -> plan.make(journal, this::note, true)).hasMessage("b fails");

        assertThat(events).containsExactly("Started a", "Made a", "Started b", "Failed b");
        assertThat(journalled()).containsExactly("a BEGUN", "a DONE", "b BEGUN");
    }

    @Test
    void actionsWithoutRollbackAreNotReportedAsRolledBack() throws IOException {
        Plan plan = inOrder(List.of(FunctionalAction.action("look", "Look"), fails("b")));

        assertThatThrownBy(() -> plan.make(journal, this::note, false)).hasMessage("b fails");

        assertThat(events).contains("Undone b").doesNotContain("Undone look");
        assertThat(journal.standing()).isEmpty();
    }

    @Test
    void changesStandAsLongAsTheirObject() throws IOException {
        Plan plan =
                inOrder(
                        List.of(
                                works("network"),
                                works("cluster")
                                        .undoBy(progress -> {
                                            throw new IOException("cluster stays");
                                        }),
                                FunctionalAction.action("in cluster", "Done to the cluster"),
                                fails("c")));

        assertThatThrownBy(() -> plan.make(journal, this::note, false)).hasMessage("c fails");

        assertThat(journal.standing())
                .extracting(Journal.Entry::action)
                .containsExactly("cluster", "in cluster");
    }

    @Test
    void failedCheckStartsNoAction() {
        Plan plan =
                inOrder(
                        List.of(
                                works("a"),
                                works("b")
                                        .doneWhen(() -> {
                                            throw new IOException("can't see");
                                        })));

        assertThatThrownBy(() -> plan.make(journal, this::note, false)).hasMessage("can't see");

        assertThat(events).contains("Undone a").doesNotContain("Undone b");
    }

    /** Each action waits until the other one has started. */
    @Test
    void concurrentActionsRunInParallel() throws IOException {
        CountDownLatch begun = new CountDownLatch(2);
        Plan plan =
                inOrder(
                        make(works("a")),
                        atOnce(make(meets("b", begun)), make(meets("c", begun))),
                        make(works("d")));

        assertThat(plan.make(journal, this::note, false)).isTrue();

        assertThat(events).containsSubsequence("Made a", "Started b", "Made b", "Started d");
        assertThat(events).containsSubsequence("Made a", "Started c", "Made c", "Started d");
        assertThat(journalled()).endsWith("d BEGUN", "d DONE").contains("b DONE", "c DONE");
    }

    @Test
    void failureOfAConcurrentActionRollsBackAll() {
        CountDownLatch made = new CountDownLatch(1);
        FunctionalAction fails =
                works("c")
                        .makeBy(progress -> {
                            wait(made);
                            throw new IOException("c fails");
                        });
        Plan plan =
                inOrder(
                        make(works("a")),
                        atOnce(make(works("b").makeBy(progress -> made.countDown())), make(fails)));

        assertThatThrownBy(() -> plan.make(journal, this::note, false)).hasMessage("c fails");

        assertThat(events).contains("Undone b", "Undone c").endsWith("Undone a");
    }

    /** An action that awaits an event runs although the part that triggered it still runs. */
    @Test
    void awaitedEventReleasesAPartWhileTheOtherRuns() throws IOException {
        CountDownLatch meeting = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        FunctionalAction opens =
                works("a")
                        .makeBy(progress -> {
                            meeting.countDown();
                            meets("a", both).make(progress);
                        });
        Plan plan =
                atOnce(
                        make(opens),
                        inOrder(new Plan.Await(meeting::await), make(meets("b", both))));

        assertThat(plan.make(journal, this::note, false)).isTrue();

        assertThat(events).containsSubsequence("Started a", "Started b");
        assertThat(plan.actions()).extracting(Action::name).containsExactly("a", "b");
    }

    @Test
    void failureEndsTheWaitForItsEvent() {
        CountDownLatch never = new CountDownLatch(1);
        Plan plan =
                atOnce(inOrder(new Plan.Await(never::await), make(works("b"))), make(fails("a")));

        assertThatThrownBy(() -> plan.make(journal, this::note, false)).hasMessage("a fails");

        assertThat(events).containsExactly("Started a", "Failed a", "Undone a");
    }

    /** The caller is interrupted, as by Ctrl-C, while one action runs and another waits. */
    @Test
    void interruptionNamesTheRunningAction() {
        Thread caller = Thread.currentThread();
        CountDownLatch never = new CountDownLatch(1);
        FunctionalAction works =
                works("a")
                        .makeBy(progress -> {
                            caller.interrupt();
                            wait(never);
                        });
        Plan plan = atOnce(make(works), new Plan.Await(never::await));

        assertThatThrownBy(() -> plan.make(journal, this::note, false))
                .isInstanceOf(Failure.class)
                .hasMessage("interrupted at 'Title of a'");
        assertThat(events).containsExactly("Started a", "Failed a", "Undone a");
    }

    private static void wait(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nothing came");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Plan inOrder(List<? extends Action> actions) {
        return new Plan.InOrder(actions.stream().map(Plan::make).toList());
    }

    private static Plan inOrder(Plan... parts) {
        return new Plan.InOrder(List.of(parts));
    }

    private static Plan atOnce(Plan... parts) {
        return new Plan.Concurrently(List.of(parts));
    }

    private static FunctionalAction meets(String name, CountDownLatch begun) {
        return works(name)
                .makeBy(progress -> {
                    begun.countDown();
                    wait(begun);
                });
    }

    private static FunctionalAction works(String name) {
        return FunctionalAction.action(name, "Title of " + name).undoBy(progress -> {});
    }

    private static FunctionalAction fails(String name) {
        return works(name)
                .makeBy(progress -> {
                    throw new IOException(name + " fails");
                });
    }

    private List<String> journalled() throws IOException {
        return journal.entries().stream()
                .map(entry -> entry.action() + " " + entry.state())
                .toList();
    }

    private synchronized void note(Progress.Event event) {
        events.add(
                event.getClass().getSimpleName()
                        + " "
                        + switch (event) {
                            case Progress.Event.Started e -> e.action().name();
                            case Progress.Event.Unchanged e -> e.action().name();
                            case Progress.Event.Made e -> e.action().name();
                            case Progress.Event.Failed e -> e.action().name();
                            case Progress.Event.Undone e -> e.action().name();
                            case Progress.Event.UndoFailed e -> e.action().name();
                            case Progress.Event.Note e -> e.text();
                        });
    }
}
