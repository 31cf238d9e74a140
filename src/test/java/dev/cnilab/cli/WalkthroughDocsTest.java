package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cli.walk.Messages;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.Template;
import dev.cnilab.spec.WalkthroughLoader;
import dev.cnilab.spec.WalkthroughSpec;
import dev.cnilab.spec.WalkthroughSpec.Chapter;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.spec.WalkthroughSpec.Page;
import dev.cnilab.walk.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/walkthrough.md is up to date with the pages: written by {@code lab docs -w docs}. */
class WalkthroughDocsTest {

    private final WalkthroughSpec walk =
            WalkthroughLoader.load(SpecLoader.load("flannel-ipip"), Optional.empty()).orElseThrow();

    WalkthroughDocsTest() throws Exception {}

    @ParameterizedTest
    @EnumSource
    void hasTheHeadingsOfThePages(Language language) throws Exception {
        List<String> lines =
                Files.readAllLines(Path.of("docs").resolve(DocsCommand.fileName(language)));

        assertThat(lines.stream().filter(line -> line.matches("#{1,3} .*")))
                .as("run: lab docs flannel-ipip -w docs")
                .containsExactlyElementsOf(headings(language, tunnel(lines)));
    }

    @ParameterizedTest
    @EnumSource
    void runsEveryCommandOfThePages(Language language) throws Exception {
        List<String> lines =
                Files.readAllLines(Path.of("docs").resolve(DocsCommand.fileName(language)));

        List<Pattern> commands = new ArrayList<>();
        for (Page page : pages(tunnel(lines))) {
            page.commands().forEach(command -> commands.add(anyValues(command)));
        }
        List<String> run = lines.stream().filter(line -> line.startsWith("$ ")).toList();
        assertThat(run).hasSameSizeAs(commands);
        for (int i = 0; i < run.size(); i++) {
            assertThat(run.get(i).substring(2)).matches(commands.get(i));
        }
    }

    /** The tunnel's driver, from the second line of the text. */
    private static TunnelDriver tunnel(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains("flannel.ipip: kernel"))
                ? TunnelDriver.KERNEL
                : TunnelDriver.USER_SPACE;
    }

    private List<String> headings(Language language, TunnelDriver tunnel) {
        List<String> headings = new ArrayList<>(List.of("# " + language.of(walk.title())));
        int number = 1;
        for (Chapter chapter : walk.chapters()) {
            headings.add("## " + language.of(chapter.title()));
            for (Page page : chapter.pages()) {
                if (isAbout(page, tunnel)) {
                    headings.add("### " + number + ". " + language.of(page.title()));
                    number++;
                }
            }
        }
        headings.add("## " + new Messages(language).get("faults"));
        for (Fault fault : walk.faults()) {
            headings.add("### `break " + fault.id() + "`: " + language.of(fault.title()));
        }
        return headings;
    }

    private List<Page> pages(TunnelDriver tunnel) {
        return walk.chapters().stream()
                .flatMap(chapter -> chapter.pages().stream())
                .filter(page -> isAbout(page, tunnel))
                .toList();
    }

    private static boolean isAbout(Page page, TunnelDriver tunnel) {
        return page.only().map(tunnel::equals).orElse(true);
    }

    private static Pattern anyValues(Template command) {
        String marked = command.fill(name -> "\u0000");
        return Pattern.compile(
                Stream.of(marked.split("\u0000", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\S+")));
    }
}
