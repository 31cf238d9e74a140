package dev.cnilab.spec;

import dev.cnilab.spec.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks that names are unique and that references to them exist. */
final class NameChecks {

    private NameChecks() {}

    static void check(LabSpec lab, Problems problems) {
        requireDistinct("nodes", "", "a node", lab.nodeNames(), problems);
        requireDistinct(
                "verify.steps",
                ".name",
                "a step",
                lab.verify().steps().stream().map(StepSpec::name).toList(),
                problems);
        checkRoles(lab, problems);
    }

    static void check(WalkthroughSpec walkthrough, Problems problems) {
        List<WalkthroughSpec.Chapter> chapters = walkthrough.chapters();
        requireDistinct(
                "chapters",
                ".id",
                "a chapter",
                chapters.stream().map(WalkthroughSpec.Chapter::id).toList(),
                problems);
        for (int i = 0; i < chapters.size(); i++) {
            requireDistinct(
                    "chapters[" + i + "].pages",
                    ".id",
                    "a page",
                    chapters.get(i).pages().stream().map(WalkthroughSpec.Page::id).toList(),
                    problems);
        }
        requireDistinct(
                "faults",
                ".id",
                "a fault",
                walkthrough.faults().stream().map(WalkthroughSpec.Fault::id).toList(),
                problems);
        requireUndo(walkthrough.faults(), problems);
    }

    /** Requires {@code undo} when a fault runs commands: nothing else can revert them. */
    private static void requireUndo(List<WalkthroughSpec.Fault> faults, Problems problems) {
        for (int i = 0; i < faults.size(); i++) {
            boolean runs =
                    faults.get(i).broken().stream()
                            .anyMatch(WalkthroughSpec.Change.Run.class::isInstance);
            if (runs && faults.get(i).undo().isEmpty()) {
                problems.at(
                        "faults[" + i + "].undo",
                        "a fault whose break runs commands needs undo",
                        "commands that revert those of break");
            }
        }
    }

    private static void requireDistinct(
            String list, String key, String what, List<String> names, Problems problems) {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                problems.at(
                        list + "[" + i + "]" + key,
                        what + " named '" + names.get(i) + "' already exists",
                        "names must be distinct");
            }
        }
    }

    private static void checkRoles(LabSpec lab, Problems problems) {
        List<NodeSpec.Role> roles = new ArrayList<>();
        lab.nodes().forEach(node -> roles.add(node.role()));
        if (!roles.contains(NodeSpec.Role.CONTROL_PLANE)) {
            problems.at("nodes", "no node is a control-plane", "add '- role: control-plane'");
        }
        if (!roles.contains(lab.recorder().node())) {
            problems.at(
                    "recorder.node",
                    "no node has the role " + lab.recorder().node().text(),
                    "it records on the first node with this role");
        }
    }
}
