package dev.cnilab.cli.walk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.cli.render.TerminalText;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.JsonCommand;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.PlaceLookup;
import dev.cnilab.cluster.Pod;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.walk.Faults;
import dev.cnilab.walk.NumberedPage;
import dev.cnilab.walk.Walk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes a reader's input with the lab's current names. */
public final class WalkCompleter implements Completer {

    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Words that are followed by an interface's name in ip(8), tcpdump and capture. */
    private static final Set<String> BEFORE_INTERFACE = Set.of("-i", "dev", "show", "link");

    private final Cluster cluster;
    private final Interpreter interpreter;
    private final Walk walk;
    private final Faults faults;

    public WalkCompleter(Cluster cluster, Interpreter interpreter, Walk walk, Faults faults) {
        this.cluster = cluster;
        this.interpreter = interpreter;
        this.walk = walk;
        this.faults = faults;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        int position = 0;
        for (String each : candidates(line.words().subList(0, line.wordIndex()))) {
            String word = TerminalText.line(each);
            candidates.add(new Candidate(word, word, null, null, null, null, true, position++));
        }
    }

    /**
     * The candidates for the next word.
     *
     * @param before the words before it
     */
    Collection<String> candidates(List<String> before) {
        if (before.isEmpty()) {
            Set<String> first = new TreeSet<>(interpreter.names());
            first.addAll(WalkSession.WORDS);
            first.add("help");
            return first;
        }
        String last = before.getLast();
        if (BEFORE_INTERFACE.contains(last)) {
            return interfaces(before);
        }
        if (last.equals("--")) {
            return Interpreter.tools();
        }
        return switch (before.getFirst()) {
            case "goto" -> walk.pages().stream().map(NumberedPage::id).toList();
            case "break" -> faults.all().stream().map(Fault::id).toList();
            case "docker" ->
                    switch (before.size()) {
                        case 1 -> List.of("exec", "ps");
                        case 2 -> nodes();
                        case 3 -> Interpreter.tools();
                        default -> toolWords(before.subList(3, before.size()));
                    };
            case "kubectl" -> kubectl(before);
            case "ip" -> toolWords(before);
            default -> places();
        };
    }

    private Collection<String> kubectl(List<String> before) {
        if (before.size() == 1) {
            return List.of("get", "exec", "describe", "logs");
        }
        int hyphens = before.indexOf("--");
        if (hyphens > 0) {
            return toolWords(before.subList(hyphens + 1, before.size()));
        }
        return switch (before.get(1)) {
            case "get" ->
                    before.size() == 2
                            ? List.of("pods", "nodes", "services", "endpoints")
                            : List.of("-o", "wide", "-A", "-n");
            case "exec" -> before.size() == 2 ? pods() : List.of("--");
            default -> places();
        };
    }

    private Collection<String> toolWords(List<String> before) {
        if (!before.getFirst().equals("ip")) {
            return places();
        }
        return before.size() == 1
                ? List.of("address", "link", "route", "neigh", "rule", "-d")
                : List.of("show", "get", "add", "del", "dev");
    }

    private List<String> places() {
        List<String> places = new ArrayList<>(nodes());
        places.addAll(pods());
        return places;
    }

    private List<String> nodes() {
        try {
            return cluster.nodes().stream().map(Node::name).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private List<String> pods() {
        try {
            return cluster.pods().stream().map(Pod::name).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The interfaces of the node or pod in the line; of outside if it has none. */
    private List<String> interfaces(List<String> before) {
        List<String> names = new ArrayList<>();
        try {
            Place at = new Place.Outside();
            for (String word : before) {
                if (places().contains(word)) {
                    at = PlaceLookup.find(cluster, word);
                }
            }
            List<String> argv = List.of("ip", "-j", "link", "show");
            for (JsonNode link : JsonCommand.run(cluster, at, argv, LOOK)) {
                names.add(link.path("ifname").asText());
            }
        } catch (IOException e) {
            // No candidates; the command itself reports the error.
            names.clear();
        }
        return names;
    }
}
