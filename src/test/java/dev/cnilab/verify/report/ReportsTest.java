package dev.cnilab.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.spec.ProbeSpec;
import dev.cnilab.spec.StepSpec;
import dev.cnilab.spec.Template;
import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepResult;
import dev.cnilab.verify.probe.Claim;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportsTest {

    /** Output with control characters, invalid UTF-16 and markup. */
    private static final String NASTY = "\u001b[31mred\u0000 <&>]]>\"' \ud800 \uffff é 😀\nline 2";

    private static final Claim HOLDS = new Claim("cni0: mtu", "1480", "1480", true, "");
    private static final Claim BROKEN = new Claim("eth0: mtu", "1480", "1500", false, NASTY);

    private static final List<StepResult> RESULTS =
            List.of(
                    result("first", new Outcome.Passed(List.of(HOLDS))),
                    result("second", new Outcome.Failed(List.of(HOLDS, BROKEN), "no route")),
                    result("third", new Outcome.Errored(NASTY, "")),
                    result("fourth", new Outcome.Skipped("not selected")));

    private static StepResult result(String name, Outcome outcome) {
        StepSpec step =
                new StepSpec(
                        name,
                        "Title of " + name,
                        new Template("route -n"),
                        new ProbeSpec.NodesReady(),
                        Duration.ofSeconds(1));
        return new StepResult(step, "route -n", outcome, Duration.ofMillis(1234), 2);
    }

    @Test
    void textShowsAFailureInFull() {
        assertThat(TextReport.step(RESULTS.get(0)))
                .isEqualTo("✓ first  Title of first  (1 claim, 1.2 s)\n");
        assertThat(TextReport.step(RESULTS.get(1)))
                .startsWith(
                        """
                        ✗ second  Title of second  (1.2 s)
                            command: route -n
                            eth0: mtu
                              expected: 1480
                              seen: 1500
                              evidence:\
                        """)
                .endsWith("        line 2\n    likely: no route\n")
                .doesNotContain("cni0");
        assertThat(TextReport.step(RESULTS.get(3))).isEmpty();
        assertThat(TextReport.summary(RESULTS)).isEqualTo("1 passed, 2 failed, 1 skipped\n");
    }

    @Test
    void textSaysAtOnceWhatFails() {
        StepResult first =
                result(
                        "fifth",
                        new Outcome.Failed(
                                List.of(HOLDS, new Claim("eth0: mtu", "1480", "1500", false, "")),
                                ""));

        assertThat(TextReport.retrying(first, Duration.ofSeconds(29)))
                .isEqualTo(
                        """
                        … fifth  does not hold yet, checking again for up to 29 s
                            seen: eth0: mtu
                                expected 1480
                                observed 1500
                        """);
    }

    @Test
    void tapCountsAndNamesEveryStep() {
        String tap = TapReport.of(RESULTS);

        assertThat(tap.lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "TAP version 13",
                        "1..4",
                        "ok 1 - first",
                        "not ok 2 - second",
                        "not ok 3 - third",
                        "ok 4 - fourth # SKIP not selected");
        assertThat(tap.lines()).contains("#       seen: 1500");
        assertThat(TapReport.of(List.of())).isEqualTo("TAP version 13\n1..0\n");
    }

    @Test
    void jsonContainsEveryClaim() {
        JsonNode json = JsonReport.of("lab", RESULTS);

        assertThat(json.path("passed").asInt()).isEqualTo(1);
        assertThat(json.path("failed").asInt()).isEqualTo(2);
        assertThat(json.path("skipped").asInt()).isEqualTo(1);
        assertThat(json.path("steps").findValuesAsText("outcome"))
                .containsExactly("passed", "failed", "errored", "skipped");
        JsonNode broken = json.path("steps").path(1).path("claims").path(1);
        assertThat(broken.path("evidence").asText()).isEqualTo(NASTY);
        assertThat(broken.path("holds").asBoolean(true)).isFalse();
        assertThat(json.path("steps").path(2).path("error").asText()).isEqualTo(NASTY);
    }

    @Test
    void junitIsWellFormedForAnyOutput() throws Exception {
        Element suite = parse(JunitReport.of("lab", RESULTS));

        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(suite.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("no route");
        assertThat(failure.getTextContent())
                .contains("seen: 1500", "[31mred? <&>]]>\"' ? ? é 😀", "line 2");
        Element error = (Element) suite.getElementsByTagName("failure").item(1);
        assertThat(error.getAttribute("message")).contains("red? <&>]]>\"'");
    }

    @Test
    void timesDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(JunitReport.of("lab", RESULTS)).contains("time=\"1.234\"");
            assertThat(TextReport.step(RESULTS.get(0))).contains("1.2 s");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void abortedRunIsOneFailure() throws Exception {
        Element suite = parse(JunitReport.aborted("lab", NASTY));

        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("red?");
    }

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }
}
