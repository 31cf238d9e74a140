package dev.cnilab.cli.walk;

import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.verify.probe.TemplateContext;
import dev.cnilab.walk.CommandRun;
import dev.cnilab.walk.Faults;
import dev.cnilab.walk.Language;
import dev.cnilab.walk.PageRun;
import java.io.IOException;
import java.util.List;

/** Renders a walkthrough with the output of one run as Markdown. */
public final class Markdown {

    private static final String FENCE = "```";

    private final TemplateContext view;
    private final Language language;
    private final Messages messages;
    private final StringBuilder document = new StringBuilder();

    public Markdown(TemplateContext view, Language language) {
        this.view = view;
        this.language = language;
        this.messages = new Messages(language);
    }

    /**
     * @param origin one line on how and where the output was produced
     */
    public String of(Text title, String origin, List<PageRun> runs, Faults faults)
            throws IOException {
        paragraph("# " + text(title));
        paragraph("<!-- " + messages.get("generated") + " -->");
        paragraph("> " + origin);
        for (PageRun run : runs) {
            page(run);
        }
        if (!faults.all().isEmpty()) {
            paragraph("## " + messages.get("faults"));
            paragraph(messages.get("faults-intro"));
            for (Fault fault : faults.all()) {
                fault(fault);
            }
        }
        return document.toString().stripTrailing() + "\n";
    }

    private void page(PageRun run) throws IOException {
        if (run.page().first()) {
            paragraph("## " + text(run.page().chapter().title()));
        }
        paragraph("### " + run.page().number() + ". " + text(run.page().page().title()));
        paragraph(paragraphs(text(run.page().page().text())));
        for (CommandRun command : run.commands()) {
            command(run, command);
        }
        if (run.page().page().notice().isPresent()) {
            paragraph(
                    "**"
                            + messages.get("notice")
                            + ":** "
                            + paragraphs(text(run.page().page().notice().get())));
        }
    }

    private void command(PageRun run, CommandRun command) {
        document.append(FENCE).append("console\n$ ").append(command.line()).append('\n');
        command.traffic()
                .ifPresent(line ->
                        document.append("  (")
                                .append(messages.get("meanwhile"))
                                .append(": ")
                                .append(line)
                                .append(")\n"));
        command.output()
                .lines()
                .forEach(line -> document.append(PageText.withGutter(run, line)).append('\n'));
        paragraph(FENCE);
    }

    private void fault(Fault fault) throws IOException {
        paragraph("### `break " + fault.id() + "`: " + text(fault.title()));
        paragraph(text(fault.story()));
        document.append("<details><summary>").append(messages.get("hint")).append("</summary>\n\n");
        for (Text hint : fault.hints()) {
            document.append("1. ").append(text(hint)).append('\n');
        }
        document.append('\n');
        paragraph(messages.get("solution") + ": " + text(fault.solution()));
        paragraph("</details>");
    }

    private void paragraph(String text) {
        document.append(text).append("\n\n");
    }

    /** Renders each line as a paragraph; preformatted lines as code blocks. */
    private static String paragraphs(String text) {
        StringBuilder markdown = new StringBuilder();
        boolean inCode = false;
        for (String line : text.split("\n")) {
            boolean code = line.startsWith(" ");
            if (!markdown.isEmpty()) {
                markdown.append(code && inCode ? "\n" : "\n\n");
            }
            markdown.append(code ? "    " + line.strip() : line);
            inCode = code;
        }
        return markdown.toString();
    }

    private String text(Text text) throws IOException {
        return view.fill(language.of(text)).strip();
    }
}
