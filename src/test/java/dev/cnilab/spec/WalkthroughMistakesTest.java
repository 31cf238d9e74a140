package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages for single mistakes in a walkthrough file. */
class WalkthroughMistakesTest {

    private static final String WALK =
            """
            title: {en: A walk}
            chapters:
              - id: one
                title: {en: One, zh: 一}
                pages:
                  - id: look
                    title: {en: Look}
                    text: {en: "The pod is ${pod.name}."}
                    only: kernel
                    commands: ["docker exec ${node.name} route -n"]
                    traffic: ping ${to.pod.ip}
                    highlight: ["^${podSubnet.address} "]
                    expect: ["${pod.ip}"]
                    notice: {en: See}
                    undo: [run: ip link del x]
            faults:
              - id: rp_filter
                title: {en: A fault}
                story: {en: It is broken}
                break: [{run: ip link add x}, {apply: "kind: Service"}]
                undo: [run: ip link del x]
                symptom: ping ${to.pod.ip}
                expect: [" 0% packet loss"]
                hints: [en: Look again]
                solution: {en: That was it}
            """;

    @TempDir private Path folder;

    @Test
    void readsAValidFile() throws SpecException {
        WalkthroughSpec walk = WalkthroughLoader.read("walk.yaml", WALK);
        assertThat(walk.pages()).isEqualTo(1);
        assertThat(walk.faults().getFirst().id()).isEqualTo("rp_filter");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            textBlock =
"""
id: look @ id: Look @ walk.yaml:6:13: chapters[0].pages[0].id: expected a DNS label (a-z, 0-9 and '-', a letter or digit first and last), found 'Look'
only: kernel @ only: kernl @ walk.yaml:9:15: chapters[0].pages[0].only: expected one of kernel, user-space, found 'kernl'; did you mean 'kernel'?
notice: @ notcie: @ walk.yaml:14:9: chapters[0].pages[0].notcie: unknown key 'notcie'; did you mean 'notice'?
${pod.name} @ ${pod.nam} @ walk.yaml:8:20: chapters[0].pages[0].text.en: unknown variable 'pod.nam'; did you mean 'pod.name'?
route -n" @ route | head" @ walk.yaml:10:20: chapters[0].pages[0].commands[0]: '|' is a feature of a shell, which does not run here: quote it
"^${podSubnet.address} " @ "(${pod.ip}" @ walk.yaml:12:21: chapters[0].pages[0].highlight[0]: not a regular expression: Unclosed group
undo: [run: ip link del x] @ undo: [rnu: ip link del x] @ walk.yaml:15:16: chapters[0].pages[0].undo[0].rnu: unknown key 'rnu'; did you mean 'run'?
symptom: ping ${to.pod.ip} @ symptom: 'ping ''x' @ walk.yaml:22:14: faults[0].symptom: the quote ' is not closed
hints: [en: Look again] @ hints: [] @ walk.yaml:24:12: faults[0].hints: expected at least 1 of them
""")
    void oneAtATime(String passage, String replacement, String problem) {
        assertThat(WALK).contains(passage);
        assertThat(problems(WALK.replace(passage, replacement))).contains(problem);
    }

    @Test
    void rejectsDuplicateNames() {
        String twice = WALK.substring(WALK.indexOf("  - id: rp_filter"));
        assertThat(problems(WALK + twice))
                .containsExactly(
                        "walk.yaml:26:9: faults[1].id: a fault named 'rp_filter' already exists;"
                                + " names must be distinct");
    }

    @Test
    void namesAMissingFile() throws Exception {
        LabSpec lab = SpecLoader.load("flannel-ipip");
        assertThatThrownBy(() -> WalkthroughLoader.load(lab, Optional.of(folder)))
                .isInstanceOf(SpecException.class)
                .hasMessage("flannel-ipip/walk.yaml: walkthrough: no such file");
        Files.createDirectories(folder.resolve("flannel-ipip"));
        Files.writeString(folder.resolve("flannel-ipip/walk.yaml"), "title: {en: x}\n");
        assertThatThrownBy(() -> WalkthroughLoader.load(lab, Optional.of(folder)))
                .hasMessageContaining("missing key 'chapters'");
    }

    private static List<String> problems(String text) {
        try {
            WalkthroughLoader.read("walk.yaml", text);
            return List.of();
        } catch (SpecException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }
}
