package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.defaulting;
import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.net.TunnelDriver;
import dev.cnilab.spec.WalkthroughSpec.Change;
import dev.cnilab.spec.WalkthroughSpec.Chapter;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.spec.WalkthroughSpec.Page;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.spec.yaml.ListSchema;
import dev.cnilab.spec.yaml.ObjectSchema;
import dev.cnilab.spec.yaml.OneOf;
import dev.cnilab.spec.yaml.Scalar;
import dev.cnilab.spec.yaml.Schema;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The schema of walkthrough files. */
final class WalkthroughSchemas {

    private static final Schema<Template> COMMAND = Scalars.TEMPLATE.map(WalkthroughSchemas::words);
    private static final Schema<Template> REGEX = Scalars.TEMPLATE.map(WalkthroughSchemas::regex);

    private static final Schema<Template> SETTING =
            Scalars.TEMPLATE.map(WalkthroughSchemas::setting);

    private static final Schema<String> FAULT =
            Scalar.matching("[a-z][a-z0-9_-]{0,62}", "a word of a-z, 0-9, '_' and '-'");

    private WalkthroughSchemas() {}

    static Schema<WalkthroughSpec> walkthrough() {
        var title = required("title", text(), "text in each language");
        var chapters = required("chapters", new ListSchema<>(chapter(), 1), "in order");
        var faults =
                defaulting(
                        "faults",
                        new ListSchema<>(fault(), 0),
                        List.of(),
                        "faults to introduce and diagnose");
        return ObjectSchema.of(
                v -> new WalkthroughSpec(v.get(title), v.get(chapters), v.get(faults)),
                title,
                chapters,
                faults);
    }

    private static Schema<Chapter> chapter() {
        var id = required("id", Scalars.DNS_LABEL, "a DNS label, distinct among the chapters");
        var title = required("title", text(), "text in each language");
        var pages = required("pages", new ListSchema<>(page(), 1), "in order");
        return ObjectSchema.of(
                v -> new Chapter(v.get(id), v.get(title), v.get(pages)), id, title, pages);
    }

    private static Schema<Page> page() {
        var id = required("id", Scalars.DNS_LABEL, "a DNS label, distinct in the chapter");
        var only =
                optional(
                        "only",
                        Scalar.choice(
                                List.of(TunnelDriver.values()),
                                driver -> driver.text().replace(' ', '-')),
                        "tunnel driver to which the page applies; default: all");
        var title = required("title", text(), "text in each language");
        var text = required("text", text(), "text before the output");
        var commands =
                defaulting("commands", new ListSchema<>(COMMAND, 1), List.of(), "run in order");
        var traffic = optional("traffic", COMMAND, "commands run while the last command captures");
        var notice = optional("notice", text(), "text after the output");
        var highlight =
                defaulting(
                        "highlight",
                        regexes(),
                        List.of(),
                        "regular expressions of lines to highlight");
        var expect =
                defaulting(
                        "expect",
                        regexes(),
                        List.of(),
                        "regular expressions that the output must match");
        var undo =
                defaulting("undo", undo(), List.of(), "commands that revert the others' effects");
        return ObjectSchema.of(
                v ->
                        new Page(
                                v.get(id),
                                v.get(only),
                                v.get(title),
                                v.get(text),
                                v.get(commands),
                                v.get(traffic),
                                v.get(notice),
                                v.get(highlight),
                                v.get(expect),
                                v.get(undo)),
                id,
                only,
                title,
                text,
                commands,
                traffic,
                notice,
                highlight,
                expect,
                undo);
    }

    private static Schema<Fault> fault() {
        var id = required("id", FAULT, "a word, distinct among the faults");
        var title = required("title", text(), "title");
        var story = required("story", text(), "problem report");
        var broken = required("break", changes(), "changes that introduce the fault");
        var undo = defaulting("undo", undo(), List.of(), "commands that revert those of break");
        var symptom = required("symptom", COMMAND, "command that shows the symptom");
        var expect =
                required(
                        "expect",
                        regexes(),
                        "regular expressions that the symptom's output matches without the fault");
        var hints = required("hints", new ListSchema<>(text(), 1), "hints, from vague to specific");
        var solution = required("solution", text(), "explanation of the fault");
        return ObjectSchema.of(
                v ->
                        new Fault(
                                v.get(id),
                                v.get(title),
                                v.get(story),
                                v.get(broken),
                                v.get(undo),
                                v.get(symptom),
                                v.get(expect),
                                v.get(hints),
                                v.get(solution)),
                id,
                title,
                story,
                broken,
                undo,
                symptom,
                expect,
                hints,
                solution);
    }

    private static Schema<List<Change>> changes() {
        var run = required("run", COMMAND.<Change>map(Change.Run::new), "a command");
        var apply =
                required(
                        "apply",
                        Scalars.TEMPLATE.<Change>map(Change.Apply::new),
                        "Kubernetes objects");
        var sysctl =
                required(
                        "sysctl",
                        SETTING.<Change>map(Change.Sysctl::new),
                        "a kernel parameter of a node: NODE KEY=VALUE");
        return new ListSchema<>(new OneOf<Change>(List.of(run, apply, sysctl)), 1);
    }

    private static Schema<List<Change.Run>> undo() {
        var run = required("run", COMMAND.map(Change.Run::new), "a command");
        return new ListSchema<>(new OneOf<>(List.of(run)), 1);
    }

    private static Schema<List<Template>> regexes() {
        return new ListSchema<>(REGEX, 1);
    }

    private static Schema<Text> text() {
        var en = required("en", Scalars.TEMPLATE, "English");
        var zh = optional("zh", Scalars.TEMPLATE, "Chinese");
        return ObjectSchema.of(v -> new Text(v.get(en), v.get(zh)), en, zh);
    }

    private static Template words(Template command) {
        ShellWords.split(command.text());
        return command;
    }

    private static Template setting(Template template) {
        String text = template.fillRegex(name -> "x");
        if (!text.matches("\\S+ [a-z0-9_-]+(\\.[A-Za-z0-9_/-]+)+=\\S+")) {
            throw new IllegalArgumentException("not NODE KEY=VALUE");
        }
        return template;
    }

    private static Template regex(Template template) {
        try {
            Pattern.compile(template.fillRegex(name -> name));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription(), e);
        }
        return template;
    }
}
