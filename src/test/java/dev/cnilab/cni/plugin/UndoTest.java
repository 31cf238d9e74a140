package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {

    private final List<String> undone = new ArrayList<>();
    private final Undo undo = new Undo();

    @Test
    void runsAllStepsNewestFirstDespiteFailures() {
        undo.push(() -> undone.add("address"));
        undo.push(() -> fail("link"));
        undo.push(() -> fail("route"));

        assertThatThrownBy(undo::close)
                .hasMessage("route")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(undone).containsExactly("route", "link", "address");
    }

    @Test
    void runsNothingOnceCommitted() throws Exception {
        undo.push(() -> undone.add("address"));
        undo.commit();
        undo.close();

        assertThat(undone).isEmpty();
    }

    private void fail(String what) throws IOException {
        undone.add(what);
        throw new IOException(what);
    }
}
