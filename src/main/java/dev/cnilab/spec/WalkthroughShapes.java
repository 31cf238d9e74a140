package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.spec.WalkthroughSpec.Chapter;
import dev.cnilab.spec.WalkthroughSpec.Page;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.spec.yaml.ListShape;
import dev.cnilab.spec.yaml.ObjectShape;
import dev.cnilab.spec.yaml.Shape;

/** What the section {@code walkthrough} looks like. */
final class WalkthroughShapes {

    private WalkthroughShapes() {}

    static Shape<WalkthroughSpec> walkthrough() {
        var chapters = required("chapters", new ListShape<>(chapter(), 0), "in order");
        return ObjectShape.of(v -> new WalkthroughSpec(v.get(chapters)), chapters);
    }

    private static Shape<Chapter> chapter() {
        var id = required("id", Scalars.DNS_LABEL, "a DNS label, distinct among the chapters");
        var title = required("title", text(), "in each language");
        var pages = required("pages", new ListShape<>(page(), 1), "in order");
        return ObjectShape.of(
                v -> new Chapter(v.get(id), v.get(title), v.get(pages)), id, title, pages);
    }

    private static Shape<Page> page() {
        var id = required("id", Scalars.DNS_LABEL, "a DNS label, distinct in the chapter");
        var title = required("title", text(), "in each language");
        var text = required("text", text(), "in each language");
        var command = optional("command", Scalars.LINE, "to try");
        return ObjectShape.of(
                v -> new Page(v.get(id), v.get(title), v.get(text), v.get(command)),
                id,
                title,
                text,
                command);
    }

    private static Shape<Text> text() {
        var en = required("en", Scalars.TEXT, "English");
        var zh = optional("zh", Scalars.TEXT, "Chinese");
        return ObjectShape.of(v -> new Text(v.get(en), v.get(zh)), en, zh);
    }
}
