package dev.cnilab.graph.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.graph.Sample;
import dev.cnilab.graph.TopologyMermaid;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. */
@Needs(Peer.CHROMIUM)
class GraphPageIT {

    private static final String NOW =
            "[...document.querySelectorAll('.now')].map(e => e.dataset.port).join()";
    private static final String BEEN =
            "[...document.querySelectorAll('.been')].map(e => e.dataset.port).join()";
    private static final String SHOWN =
            "[...document.querySelectorAll('.step')].filter(e => !e.hidden).map(e => e.id).join()";
    private static final String CHANGED =
            "[...document.querySelectorAll('.step:not([hidden]) .changed')]"
                    + ".map(e => e.textContent).join('; ')";

    @TempDir private Path folder;

    @Test
    void stepsThroughATrace() throws IOException {
        String page = GraphPage.of(Sample.of(2, 1), Optional.of(SampleTrace.pingBetweenNodes()));
        try (Browser browser = open(page, false)) {
            assertThat(browser.value(SHOWN)).isEqualTo("hop-1");
            assertThat(browser.value(NOW)).isEqualTo("pod:default/demo-0x0|eth0");
            assertThat(browser.value("document.getElementById('back').disabled")).isEqualTo("true");

            browser.press("ArrowRight");
            browser.press("ArrowRight");
            browser.press("ArrowRight");
            assertThat(browser.value(SHOWN)).isEqualTo("hop-4");
            assertThat(browser.value(NOW)).isEqualTo("node:sample-control-plane|flannel.ipip");
            assertThat(browser.value(BEEN).split(","))
                    .containsExactlyInAnyOrder(
                            "pod:default/demo-0x0|eth0",
                            "node:sample-control-plane|veth00000000",
                            "node:sample-control-plane|cni0");
            assertThat(browser.value(CHANGED)).isEqualTo("63 64 route");
            assertThat(browser.value("document.querySelector('.used').textContent"))
                    .isEqualTo("10.244.1.0/24  172.18.0.3  flannel.ipip");

            browser.value("document.getElementById('next').click()");
            assertThat(browser.value(CHANGED))
                    .isEqualTo("172.18.0.2 encapsulation; 172.18.0.3; 63; 4; 4711; yes");
            assertThat(browser.value("location.hash")).isEqualTo("#step-5");

            browser.press("ArrowLeft");
            assertThat(browser.value(SHOWN)).isEqualTo("hop-4");
            browser.press("End");
            assertThat(browser.value(NOW)).isEqualTo("pod:default/demo-1x0|eth0");
            assertThat(browser.value("document.getElementById('next').disabled")).isEqualTo("true");
            assertThat(browser.value("document.getElementById('position').textContent"))
                    .isEqualTo("10 of 10");

            assertQuiet(browser);
        }
    }

    @Test
    void aClickOnAnInterfaceShowsItsStepOrDetails() throws IOException {
        String page = GraphPage.of(Sample.of(2, 1), Optional.of(SampleTrace.pingBetweenNodes()));
        try (Browser browser = open(page, false)) {
            browser.value(click("node:sample-control-plane|eth0"));
            assertThat(browser.value(SHOWN)).isEqualTo("hop-5");
            browser.value(click("node:sample-worker1|flannel.ipip"));
            assertThat(browser.value(SHOWN)).isEqualTo("hop-5");
            assertThat(
                            browser.value(
                                    "[...document.querySelectorAll('details[open]')]"
                                            + ".map(e => e.dataset.place).join()"))
                    .isEqualTo("node:sample-worker1");
            assertQuiet(browser);
        }
    }

    private static String click(String port) {
        return "document.querySelector('.graph [data-port=\"%s\"]').dispatchEvent(new Event('click'))"
                .formatted(port);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itFollowsLightAndDark(boolean dark) throws IOException {
        try (Browser browser = open(GraphPage.of(Sample.of(20, 1), Optional.empty()), dark)) {
            assertThat(browser.value("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
            assertThat(browser.value("getComputedStyle(document.querySelector('.paper')).fill"))
                    .isEqualTo(dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
            assertThat(browser.value("document.querySelectorAll('.graph .node').length"))
                    .isEqualTo("20");
            assertQuiet(browser);
        }
    }

    /** Measured by the browser with its fonts. */
    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void allTextFitsIntoItsBox(int nodes) throws IOException {
        try (Browser browser = open(GraphPage.of(Sample.of(nodes, 2), Optional.empty()), false)) {
            assertThat(
                            browser.value(
                                    """
                                    [...document.querySelectorAll('.graph g')].flatMap(g => {
                                      const box = g.querySelector('rect')?.getBBox();
                                      return box ? [...g.querySelectorAll('text')].filter(t => {
                                        const b = t.getBBox();
                                        return b.x < box.x || b.x + b.width > box.x + box.width
                                          || b.y < box.y || b.y + b.height > box.y + box.height;
                                      }).map(t => t.textContent) : [];
                                    }).join()\
                                    """))
                    .isEmpty();
        }
    }

    @Test
    void mermaidRendersTheFlowchart() throws IOException {
        Path script = folder.resolve("mermaid.js");
        try (InputStream library =
                GraphPageIT.class.getResourceAsStream(
                        "/META-INF/resources/webjars/mermaid/11.14.0/dist/mermaid.min.js")) {
            Files.copy(Objects.requireNonNull(library), script);
        }
        String page =
                "<meta charset=utf-8><pre class=mermaid>"
                        + TopologyMermaid.of(Sample.of(3, 2)).replace("<", "&lt;")
                        + "</pre><script src=mermaid.js></script>";
        try (Browser browser = open(page, false)) {
            browser.value("(mermaid.initialize({startOnLoad: false}), 1)");
            assertThat(
                            browser.await(
                                    "mermaid.run().then(() => document.querySelector('svg')"
                                            + ".textContent)"))
                    .contains("sample-worker2", "demo-2x1", "vethac120004", "IP in IP")
                    .doesNotContain("<br>", "Syntax error");
        }
    }

    private Browser open(String page, boolean dark) throws IOException {
        Path file = Files.writeString(folder.resolve("page.html"), page);
        Browser browser = Browser.start(folder.resolve("profile"), dark);
        browser.open(file.toUri().toString());
        return browser;
    }

    private void assertQuiet(Browser browser) {
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests())
                .containsExactly(folder.resolve("page.html").toUri().toString());
    }
}
