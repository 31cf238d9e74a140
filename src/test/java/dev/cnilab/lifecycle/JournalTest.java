package dev.cnilab.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.cnilab.base.Failure;
import dev.cnilab.lifecycle.Journal.Entry;
import dev.cnilab.lifecycle.Journal.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir Path folder;
    private Path file;
    private Journal journal;

    @BeforeEach
    void open() {
        file = folder.resolve("journal.jsonl");
        journal = Journal.in(folder);
    }

    @Test
    void isEmptyBeforeTheFirstLine() throws IOException {
        assertThat(journal.entries()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void entriesRoundTrip() throws IOException {
        journal.add("create-cluster", State.BEGUN);
        journal.add("create-cluster", State.DONE);

        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo("{\"format\":1}");
        assertThat(journal.entries())
                .extracting(Entry::action, Entry::state)
                .containsExactly(
                        tuple("create-cluster", State.BEGUN), tuple("create-cluster", State.DONE));
        assertThat(journal.entries().get(1).time())
                .isAfterOrEqualTo(journal.entries().get(0).time());
    }

    /** Truncation at any byte keeps the lines before it. */
    @Test
    void truncatedLastLineIsIgnored() throws IOException {
        journal.add("first", State.DONE);
        byte[] whole = Files.readAllBytes(file);
        journal.add("é", State.DONE);
        byte[] both = Files.readAllBytes(file);
        for (int length = whole.length; length < both.length - 1; length++) {
            Files.write(file, Arrays.copyOf(both, length));
            assertThat(journal.entries()).as("%d bytes", length).hasSize(1);
        }
    }

    @Test
    void appendsAfterATruncatedLine() throws IOException {
        journal.add("first", State.DONE);
        Files.writeString(file, "{\"time\":\"20", StandardOpenOption.APPEND);

        journal.add("second", State.DONE);

        assertThat(journal.entries()).extracting(Entry::action).containsExactly("first", "second");
    }

    @Test
    void lab010WroteItWithoutAVersion() throws IOException {
        Files.writeString(
                file,
                "{\"time\":\"2026-01-01T00:00:00Z\",\"action\":\"first\",\"state\":\"DONE\"}\n");
        assertThat(journal.entries()).extracting(Entry::action).containsExactly("first");
    }

    @Test
    void aNewerOneIsRefusedAndKept() throws IOException {
        Files.writeString(file, "{\"format\":2}\n");

        Failure failure =
                catchThrowableOfType(Failure.class, () -> journal.add("first", State.BEGUN));

        assertThat(failure.id()).isEqualTo("state-format");
        assertThat(file).hasContent("{\"format\":2}\n");
    }

    @Test
    void standingEntriesWereNotRolledBack() throws IOException {
        journal.add("tune-sysctls", State.BEGUN);
        journal.add("tune-sysctls", State.DONE);
        journal.add("create-cluster", State.BEGUN);
        journal.add("make-image", State.BEGUN);
        journal.add("make-image", State.DONE);
        journal.add("tune-sysctls", State.UNDONE);

        assertThat(journal.standing())
                .extracting(Entry::action, Entry::state)
                .containsExactly(
                        tuple("create-cluster", State.BEGUN), tuple("make-image", State.DONE));
    }
}
