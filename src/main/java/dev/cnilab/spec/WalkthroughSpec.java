package dev.cnilab.spec;

import dev.cnilab.net.TunnelDriver;
import java.util.List;
import java.util.Optional;

/**
 * The content of a walkthrough: pages to read and run, and faults to fix. Every text may use every
 * {@link Variable}: {@code pod} is the pod of the first control plane, {@code to.pod} that of the
 * first worker.
 */
public record WalkthroughSpec(Text title, List<Chapter> chapters, List<Fault> faults) {

    public WalkthroughSpec {
        chapters = List.copyOf(chapters);
        faults = List.copyOf(faults);
    }

    /** Returns the number of pages, including those specific to a tunnel driver. */
    public int pages() {
        return chapters.stream().mapToInt(chapter -> chapter.pages().size()).sum();
    }

    /**
     * A chapter.
     *
     * @param id a DNS label, distinct among chapters
     */
    public record Chapter(String id, Text title, List<Page> pages) {

        public Chapter {
            pages = List.copyOf(pages);
        }
    }

    /**
     * A page.
     *
     * @param id a DNS label, distinct in the chapter
     * @param only tunnel driver to which the page applies; empty for all
     * @param text printed before the commands
     * @param commands run one after another
     * @param traffic run while the last command, a capture, is running
     * @param notice printed after the output
     * @param highlight regular expressions of lines to highlight
     * @param expect regular expressions that the output must match
     * @param undo reverts the commands' changes; empty when they change nothing
     */
    public record Page(
            String id,
            Optional<TunnelDriver> only,
            Text title,
            Text text,
            List<Template> commands,
            Optional<Template> traffic,
            Optional<Text> notice,
            List<Template> highlight,
            List<Template> expect,
            List<Change.Run> undo) {

        public Page {
            commands = List.copyOf(commands);
            highlight = List.copyOf(highlight);
            expect = List.copyOf(expect);
            undo = List.copyOf(undo);
        }
    }

    /**
     * A fault to introduce and diagnose.
     *
     * @param id a word, distinct among faults
     * @param story the problem report
     * @param broken introduces the fault
     * @param undo reverts the commands of {@code broken}, also after the user's fix; objects and
     *     kernel parameters are restored without it
     * @param symptom a command that shows the symptom
     * @param expect matches the symptom's output without the fault
     * @param hints from vague to specific
     * @param solution the explanation
     */
    public record Fault(
            String id,
            Text title,
            Text story,
            List<Change> broken,
            List<Change.Run> undo,
            Template symptom,
            List<Template> expect,
            List<Text> hints,
            Text solution) {

        public Fault {
            broken = List.copyOf(broken);
            undo = List.copyOf(undo);
            expect = List.copyOf(expect);
            hints = List.copyOf(hints);
        }
    }

    /** A change to the lab. */
    public sealed interface Change {

        /** A command, as a user would type it. */
        record Run(Template command) implements Change {}

        /**
         * Kubernetes objects for server-side apply; fields that the lab's manifests set and these
         * omit are removed.
         */
        record Apply(Template manifest) implements Change {}

        /**
         * A kernel parameter of a node.
         *
         * @param setting the node's name, and {@code KEY=VALUE} as sysctl(8) accepts it
         */
        record Sysctl(Template setting) implements Change {}
    }

    /** A text in English and, when translated, Chinese. */
    public record Text(Template en, Optional<Template> zh) {}
}
