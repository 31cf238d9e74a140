package dev.cnilab.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cli.render.Console.Style;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.InspectionResult;
import dev.cnilab.preflight.LocalProvider;
import dev.cnilab.preflight.Requirement;
import java.util.List;
import java.util.stream.Stream;

/**
 * The results of {@code lab doctor}.
 *
 * @param chosen the provider to use; requirements of others only are warnings
 */
public record DoctorReport(LocalProvider chosen, List<InspectionResult> found) {

    public DoctorReport {
        found = List.copyOf(found);
    }

    /** Adds a result. */
    public DoctorReport with(InspectionResult another) {
        return new DoctorReport(chosen, Stream.concat(found.stream(), Stream.of(another)).toList());
    }

    public boolean ready() {
        return blocking(chosen).isEmpty();
    }

    /** Prints a line per requirement, details of problems, and a line per provider. */
    public void print(Console console) {
        int width =
                found.stream().mapToInt(each -> each.requirement().id().length()).max().orElse(0);
        String indent = " ".repeat(width + 4);
        for (InspectionResult each : found) {
            Finding finding = each.finding();
            String id = each.requirement().id();
            console.out()
                    .println(
                            mark(each)
                                    + " "
                                    + id
                                    + " ".repeat(width - id.length() + 2)
                                    + finding.seen());
            each.done().forEach(done -> console.out().println(indent + "done: " + done));
            switch (finding) {
                case Finding.Ok _ -> {}
                case Finding.Lack lack -> {
                    console.out().println(indent + "effect: " + lack.meaning());
                    lack.remedy()
                            .commands()
                            .forEach(line -> console.out().println(indent + "fix:    " + line));
                    if (!lack.remedy().advice().isEmpty()) {
                        console.out().println(indent + "hint:   " + lack.remedy().advice());
                    }
                }
            }
        }
        console.out().println();
        for (LocalProvider target : LocalProvider.values()) {
            List<String> blocking = blocking(target);
            console.out()
                    .println(
                            "provider "
                                    + target
                                    + (blocking.isEmpty()
                                            ? " can run"
                                            : " can't run: " + String.join(", ", blocking)));
        }
    }

    public JsonNode json() {
        ObjectNode document =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("provider", chosen.toString())
                        .put("ready", ready());
        ObjectNode providers = document.putObject("providers");
        for (LocalProvider target : LocalProvider.values()) {
            providers.put(target.toString(), blocking(target).isEmpty());
        }
        ArrayNode needs = document.putArray("needs");
        found.forEach(each -> needs.add(json(each)));
        return document;
    }

    private static JsonNode json(InspectionResult each) {
        Requirement need = each.requirement();
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", need.id());
        ArrayNode neededBy = node.putArray("neededBy");
        need.neededBy().stream().sorted().forEach(target -> neededBy.add(target.toString()));
        node.put("state", state(each.finding())).put("seen", each.finding().seen());
        if (each.finding() instanceof Finding.Lack lack) {
            node.put("meaning", lack.meaning())
                    .put("remedy", lack.remedy().script())
                    .put("advice", lack.remedy().advice());
        }
        ArrayNode done = node.putArray("done");
        each.done().forEach(done::add);
        return node;
    }

    private List<String> blocking(LocalProvider target) {
        return found.stream()
                .filter(each -> each.blocks(target))
                .map(each -> each.requirement().id())
                .toList();
    }

    private String mark(InspectionResult each) {
        return switch (each.finding()) {
            case Finding.Ok _ -> Style.GOOD.of("✓");
            case Finding.Missing _ when each.blocks(chosen) -> Style.BAD.of("✗");
            case Finding.Missing _, Finding.Warning _ -> Style.WARN.of("!");
        };
    }

    private static String state(Finding finding) {
        return switch (finding) {
            case Finding.Ok _ -> "ok";
            case Finding.Warning _ -> "warning";
            case Finding.Missing _ -> "missing";
        };
    }
}
