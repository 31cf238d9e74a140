package dev.cnilab.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.walk.UndoJournal.Entry;
import dev.cnilab.walk.UndoJournal.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoJournalTest {

    private static final Entry PAGE =
            new Entry("by-hand/build", List.of(new Step(List.of("ip", "link", "del", "x y"), "")));
    private static final Entry FAULT =
            new Entry("selector", List.of(new Step(List.of(), "kind: Service\n")));

    @TempDir private Path folder;

    @Test
    void fileIsAbsentWithoutEntries() throws Exception {
        UndoJournal journal = UndoJournal.in(folder);
        assertThat(journal.entries()).isEmpty();
        journal.add(PAGE);
        journal.remove(PAGE.id());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anotherProcessReadsAddedEntries() throws Exception {
        UndoJournal.in(folder).add(PAGE);
        UndoJournal.in(folder).add(FAULT);
        assertThat(UndoJournal.in(folder).entries()).containsExactly(PAGE, FAULT);
        UndoJournal.in(folder).remove(PAGE.id());
        assertThat(UndoJournal.in(folder).entries()).containsExactly(FAULT);
    }

    @Test
    void anotherVersionIsRefusedAndKept() throws Exception {
        for (String text : List.of("[]", "{\"format\":3}")) {
            Path file = Files.writeString(folder.resolve("walk-undo.json"), text);

            for (Failure failure :
                    List.of(
                            catchThrowableOfType(
                                    Failure.class, () -> UndoJournal.in(folder).entries()),
                            catchThrowableOfType(
                                    Failure.class, () -> UndoJournal.in(folder).add(PAGE)))) {
                assertThat(failure.id()).isEqualTo("state-format");
                assertThat(failure.remedy().script()).isEqualTo("lab down " + folder.getFileName());
            }
            assertThat(file).hasContent(text);
        }
    }

    @Test
    void entryReplacesOneWithTheSameId() throws Exception {
        UndoJournal journal = UndoJournal.in(folder);
        Entry later = new Entry(PAGE.id(), List.of(new Step(List.of("true"), "")));
        journal.add(PAGE);
        journal.add(FAULT);
        journal.add(later);
        assertThat(journal.entries()).containsExactly(FAULT, later);
    }
}
