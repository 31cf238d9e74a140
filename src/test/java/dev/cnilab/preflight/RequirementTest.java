package dev.cnilab.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementTest {

    @TempDir private Path state;

    @Test
    void whatIsWellStaysUntouched() {
        Requirement well =
                new Requirement(
                        "well",
                        Set.of(LocalProvider.KIND),
                        () -> new Finding.Ok("fine"),
                        () -> {
                            throw new AssertionError("fixed");
                        });
        assertThat(well.inspect().fix().done()).isEmpty();
    }

    @Test
    void whatIsMendedIsLookedAtAgain() throws IOException {
        Path cure = state.resolve("cure");
        Requirement ill =
                new Requirement(
                        "ill",
                        Set.of(LocalProvider.KIND),
                        () ->
                                Files.exists(cure)
                                        ? new Finding.Ok("cured")
                                        : new Finding.Missing("ill", "weak", "rest"),
                        () -> List.of("made " + Files.createFile(cure).getFileName()));

        InspectionResult before = ill.inspect();
        assertThat(before.blocks(LocalProvider.KIND)).isTrue();
        assertThat(before.blocks(LocalProvider.EMBEDDED)).isFalse();

        InspectionResult after = before.fix();
        assertThat(after.finding()).isEqualTo(new Finding.Ok("cured"));
        assertThat(after.done()).containsExactly("made cure");
        assertThat(after.blocks(LocalProvider.KIND)).isFalse();
    }

    @Test
    void aCureThatFailsIsTold() {
        Finding ill = new Finding.Missing("ill", "weak", "rest");
        Requirement need =
                new Requirement(
                        "ill",
                        Set.of(),
                        () -> ill,
                        () -> {
                            throw new IOException("no medicine");
                        });
        assertThat(need.inspect().fix())
                .isEqualTo(new InspectionResult(need, ill, List.of("did not work: no medicine")));
    }

    @Test
    void whatCantBeToldBlocksNobody() {
        Requirement dark =
                new Requirement(
                        "dark",
                        Set.of(LocalProvider.KIND),
                        () -> {
                            throw new IOException("no light");
                        });
        InspectionResult found = dark.inspect();
        assertThat(found.finding()).isInstanceOf(Finding.Warning.class);
        assertThat(found.finding().seen()).isEqualTo("unknown: no light");
        assertThat(found.blocks(LocalProvider.KIND)).isFalse();
    }
}
