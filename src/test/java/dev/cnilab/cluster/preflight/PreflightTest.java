package dev.cnilab.cluster.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

    @TempDir private Path state;

    /** The columns of the table in docs/doctor.md: id, needed by. */
    @Test
    void theDocumentHasARowForEachNeed() throws IOException, SpecException {
        List<List<String>> rows =
                Files.readAllLines(Path.of("docs/doctor.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\s*\\|\\s*"))
                        .map(cells -> List.of(cells[1].replace("`", ""), cells[2]))
                        .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        needs(SpecLoader.load("flannel-ipip")).stream()
                                .map(need -> List.of(need.id(), neededBy(need)))
                                .toList());
    }

    @Test
    void anotherCniNeedsNoTunnel() throws IOException, SpecException {
        String text = SpecLoader.find("flannel-ipip").text();
        int start = text.indexOf("cni:\n");
        String other =
                text.substring(0, start)
                        + """
                        cni:
                          type: conflist
                          binDir: %s
                          conflist: '{"cniVersion": "1.0.0", "name": "x", "plugins": [{"type": "y"}]}'
                        """
                                .formatted(state)
                        + text.substring(text.indexOf("\nworkloads:"));
        Files.createFile(state.resolve("y"));

        assertThat(needs(SpecLoader.load(new LabSource("other", other, Optional.empty()))))
                .extracting(Need::id)
                .contains("nf-tables")
                .doesNotContain("tun", "ipip");
    }

    @Test
    void flannelNeedsTheDriverAndRealImages() throws IOException, SpecException {
        List<Need> needs = needs(SpecLoader.load("flannel-ipip-upstream"));

        assertThat(needs)
                .extracting(Need::id)
                .contains("flannel-ipip", "flannel-images")
                .doesNotContain("tun", "ipip");
        assertThat(
                        needs.stream()
                                .filter(need -> need.id().equals("flannel-images"))
                                .findFirst()
                                .orElseThrow()
                                .examine()
                                .finding())
                .isInstanceOf(Finding.Missing.class);
    }

    @Test
    void whatIsWellStaysUntouched() {
        Need well =
                new Need(
                        "well",
                        Set.of(Target.KIND),
                        () -> new Finding.Ok("fine"),
                        () -> {
                            throw new AssertionError("mended");
                        });
        assertThat(well.examine().mend().done()).isEmpty();
    }

    @Test
    void whatIsMendedIsLookedAtAgain() throws IOException {
        Path cure = state.resolve("cure");
        Need ill =
                new Need(
                        "ill",
                        Set.of(Target.KIND),
                        () ->
                                Files.exists(cure)
                                        ? new Finding.Ok("cured")
                                        : new Finding.Missing("ill", "weak", "rest"),
                        () -> List.of("made " + Files.createFile(cure).getFileName()));

        Examination before = ill.examine();
        assertThat(before.blocks(Target.KIND)).isTrue();
        assertThat(before.blocks(Target.EMBEDDED)).isFalse();

        Examination after = before.mend();
        assertThat(after.finding()).isEqualTo(new Finding.Ok("cured"));
        assertThat(after.done()).containsExactly("made cure");
        assertThat(after.blocks(Target.KIND)).isFalse();
    }

    @Test
    void aCureThatFailsIsTold() {
        Finding ill = new Finding.Missing("ill", "weak", "rest");
        Need need =
                new Need(
                        "ill",
                        Set.of(),
                        () -> ill,
                        () -> {
                            throw new IOException("no medicine");
                        });
        assertThat(need.examine().mend())
                .isEqualTo(new Examination(need, ill, List.of("did not work: no medicine")));
    }

    @Test
    void whatCantBeToldBlocksNobody() {
        Need dark =
                new Need(
                        "dark",
                        Set.of(Target.KIND),
                        () -> {
                            throw new IOException("no light");
                        },
                        Mend.NOTHING);
        Examination found = dark.examine();
        assertThat(found.finding()).isInstanceOf(Finding.Warning.class);
        assertThat(found.finding().seen()).isEqualTo("not known: no light");
        assertThat(found.blocks(Target.KIND)).isFalse();
    }

    private List<Need> needs(LabSpec spec) {
        return new Preflight(Map.of(), state).needs(spec);
    }

    private static String neededBy(Need need) {
        return need.neededBy().stream()
                .sorted()
                .map(Target::toString)
                .collect(Collectors.joining(", "));
    }
}
