package dev.cnilab.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepFilterTest {

    private static List<String> selected(String... patterns) {
        StepFilter filter = new StepFilter(List.of(patterns));
        return Stream.of("nodes-ready", "node-port", "pod-to-pod", "outside-node-port")
                .filter(filter::selects)
                .toList();
    }

    @Test
    void withoutPatternsAllAreSelected() {
        assertThat(selected()).hasSize(4);
    }

    @Test
    void patternsMatchAnywhereInTheName() {
        assertThat(selected("node-port")).containsExactly("node-port", "outside-node-port");
        assertThat(selected("^node-port$", "pod-to")).containsExactly("node-port", "pod-to-pod");
    }

    @Test
    void exclamationMarkExcludes() {
        assertThat(selected("!node")).containsExactly("pod-to-pod");
        assertThat(selected("node-port", "!outside")).containsExactly("node-port");
        assertThat(selected("!outside", "node-port")).containsExactly("node-port");
        assertThat(selected("!.")).isEmpty();
    }

    @Test
    void patternsThatFitNoStepAreNamed() {
        List<String> names = List.of("nodes-ready", "pod-to-pod");
        assertThat(new StepFilter(List.of("pod", "pods", "!node", "!nod-")).unmatched(names))
                .containsExactly("pods", "!nod-");
    }

    @Test
    void invalidRegexFailsBeforeAnyStep() {
        assertThatThrownBy(() -> selected("ok", "!(")).isInstanceOf(PatternSyntaxException.class);
    }
}
