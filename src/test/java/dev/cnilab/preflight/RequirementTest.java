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
    void doesNotFixAMetRequirement() {
        Requirement met =
                new Requirement(
                        "disk",
                        Set.of(LocalProvider.KIND),
                        () -> new Finding.Ok("enough"),
                        () -> {
                            throw new AssertionError("fixed");
                        });
        assertThat(met.inspect().fix().done()).isEmpty();
    }

    @Test
    void inspectsAgainAfterAFix() throws IOException {
        Path module = state.resolve("module");
        Requirement missing =
                new Requirement(
                        "module",
                        Set.of(LocalProvider.KIND),
                        () ->
                                Files.exists(module)
                                        ? new Finding.Ok("loaded")
                                        : new Finding.Missing("not loaded", "slow", "modprobe"),
                        () -> List.of("created " + Files.createFile(module).getFileName()));

        InspectionResult before = missing.inspect();
        assertThat(before.blocks(LocalProvider.KIND)).isTrue();
        assertThat(before.blocks(LocalProvider.EMBEDDED)).isFalse();

        InspectionResult after = before.fix();
        assertThat(after.finding()).isEqualTo(new Finding.Ok("loaded"));
        assertThat(after.done()).containsExactly("created module");
        assertThat(after.blocks(LocalProvider.KIND)).isFalse();
    }

    @Test
    void reportsAFailedFix() {
        Finding missing = new Finding.Missing("not loaded", "slow", "modprobe");
        Requirement requirement =
                new Requirement(
                        "module",
                        Set.of(),
                        () -> missing,
                        () -> {
                            throw new IOException("not permitted");
                        });
        assertThat(requirement.inspect().fix())
                .isEqualTo(
                        new InspectionResult(
                                requirement, missing, List.of("failed: not permitted")));
    }

    @Test
    void aFailedInspectionDoesNotBlock() {
        Requirement unknown =
                new Requirement(
                        "module",
                        Set.of(LocalProvider.KIND),
                        () -> {
                            throw new IOException("not readable");
                        });
        InspectionResult found = unknown.inspect();
        assertThat(found.finding()).isInstanceOf(Finding.Warning.class);
        assertThat(found.finding().seen()).isEqualTo("unknown: not readable");
        assertThat(found.blocks(LocalProvider.KIND)).isFalse();
    }
}
