package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.Requirement;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {

    @TempDir private Path state;

    /** Compares with the columns id and needed by of the table in docs/doctor.md. */
    @Test
    void documentHasARowForEachRequirement() throws IOException, SpecException {
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
    void otherCniRequiresNoTunnel() throws IOException, SpecException {
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
                .extracting(Requirement::id)
                .contains("nf-tables")
                .doesNotContain("tun", "ipip");
    }

    @Test
    void flannelRequiresTheDriverAndImages() throws IOException, SpecException {
        List<Requirement> needs = needs(SpecLoader.load("flannel-ipip-upstream"));

        assertThat(needs)
                .extracting(Requirement::id)
                .contains("flannel-ipip", "flannel-images")
                .doesNotContain("tun", "ipip");
        assertThat(
                        needs.stream()
                                .filter(need -> need.id().equals("flannel-images"))
                                .findFirst()
                                .orElseThrow()
                                .inspect()
                                .finding())
                .isInstanceOf(Finding.Missing.class);
    }

    private List<Requirement> needs(LabSpec spec) {
        return Wiring.preflight(Map.of(), state).requirements(spec);
    }

    private static String neededBy(Requirement need) {
        return need.neededBy().stream()
                .sorted()
                .map(LocalProvider::toString)
                .collect(Collectors.joining(", "));
    }
}
