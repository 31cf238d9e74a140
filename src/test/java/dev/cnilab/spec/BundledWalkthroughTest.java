package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.spec.WalkthroughSpec.Chapter;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.spec.WalkthroughSpec.Page;
import dev.cnilab.spec.WalkthroughSpec.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundledWalkthroughTest {

    private final WalkthroughSpec walk =
            WalkthroughLoader.load(SpecLoader.load("flannel-ipip"), Optional.empty()).orElseThrow();

    BundledWalkthroughTest() throws SpecException {}

    @Test
    void coversTheTutorial() {
        assertThat(walk.chapters().stream().map(Chapter::id))
                .containsExactly(
                        "environment",
                        "cluster",
                        "demo",
                        "pod-to-pod",
                        "encapsulation",
                        "decapsulation",
                        "by-hand",
                        "services");
        assertThat(walk.faults().stream().map(Fault::id))
                .containsExactly("route", "rp_filter", "mtu", "selector", "tunnel", "forward");
    }

    @Test
    void isCompletelyTranslated() {
        assertThat(texts())
                .hasSizeGreaterThan(100)
                .allSatisfy(text -> assertThat(text.zh()).as(text.en().text()).isPresent());
    }

    /** Translations of a text refer to the same variables. */
    @Test
    void bothLanguagesUseTheSameVariables() {
        assertThat(texts())
                .allSatisfy(text ->
                        assertThat(text.zh().orElseThrow().variables())
                                .as(text.en().text())
                                .containsExactlyInAnyOrderElementsOf(text.en().variables()));
    }

    @Test
    void everyPageWithACommandExpectsSomething() {
        assertThat(pages())
                .filteredOn(page -> !page.commands().isEmpty())
                .allSatisfy(page -> assertThat(page.expect()).as(page.id()).isNotEmpty());
    }

    private List<Page> pages() {
        return walk.chapters().stream().flatMap(chapter -> chapter.pages().stream()).toList();
    }

    private List<Text> texts() {
        List<Text> texts = new ArrayList<>(List.of(walk.title()));
        walk.chapters().forEach(chapter -> texts.add(chapter.title()));
        for (Page page : pages()) {
            texts.add(page.title());
            texts.add(page.text());
            page.notice().ifPresent(texts::add);
        }
        for (Fault fault : walk.faults()) {
            texts.addAll(List.of(fault.title(), fault.story(), fault.solution()));
            texts.addAll(fault.hints());
        }
        return texts;
    }
}
