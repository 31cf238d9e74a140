package dev.cnilab.spec;

import dev.cnilab.net.TunnelDriver;
import java.util.List;
import java.util.Optional;

/**
 * What a person reads, runs and mends while walking through a lab. Every text may use every {@link
 * Variable}: {@code pod} is the pod of the first control plane, {@code to.pod} that of the first
 * worker.
 */
public record WalkthroughSpec(Text title, List<Chapter> chapters, List<Fault> faults) {

    public WalkthroughSpec {
        chapters = List.copyOf(chapters);
        faults = List.copyOf(faults);
    }

    /** How many there are, those about either tunnel included. */
    public int pages() {
        return chapters.stream().mapToInt(chapter -> chapter.pages().size()).sum();
    }

    /**
     * @param id a DNS label, distinct among chapters
     */
    public record Chapter(String id, Text title, List<Page> pages) {

        public Chapter {
            pages = List.copyOf(pages);
        }
    }

    /**
     * @param id a DNS label, distinct in the chapter
     * @param only the tunnel that the page is about; empty for all
     * @param text what to see, before the commands
     * @param commands run one after another
     * @param traffic run while the last command, a capture, listens
     * @param notice what to notice, after the output
     * @param highlight regular expressions; lines with a match matter
     * @param expect regular expressions that the output has a match of
     * @param undo takes back what the commands changed; empty when they only look
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
     * Something to break and to find.
     *
     * @param id a word, distinct among faults
     * @param story what a colleague would report
     * @param broken makes the fault
     * @param undo undoes what its commands did, also when it is fixed already; objects and kernel
     *     parameters are restored without it
     * @param symptom a command that shows it
     * @param expect what the symptom's output has a match of when all is well
     * @param hints from vague to plain
     * @param solution what it was
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

    /** One thing that is done to the lab. */
    public sealed interface Change {

        /** A command, as a reader would type it. */
        record Run(Template command) implements Change {}

        /**
         * Kubernetes objects to apply on the server's side: fields that the lab's manifests set and
         * this one leaves out are taken away.
         */
        record Apply(Template manifest) implements Change {}

        /**
         * A kernel parameter of a node.
         *
         * @param setting the node's name, and {@code KEY=VALUE} as sysctl(8) takes it
         */
        record Sysctl(Template setting) implements Change {}
    }

    /** The same in English and, where translated, Chinese. */
    public record Text(Template en, Optional<Template> zh) {}
}
