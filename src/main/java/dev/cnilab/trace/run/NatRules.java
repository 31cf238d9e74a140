package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The NAT rules of a place, parsed from {@code nft list ruleset} or {@code iptables-save}. */
final class NatRules {

    /**
     * A rule.
     *
     * @param chain {@code TABLE CHAIN} in nft, {@code CHAIN} in iptables
     * @param line without counters, which say nothing about this packet
     */
    record Rule(String chain, String line, boolean nft) {

        Rule {
            line = line.replaceFirst("counter packets [0-9]+ bytes [0-9]+ ", "");
        }

        /** The rule without its comment, which may contain any text. */
        private String code() {
            return line.replaceAll(" comment \".*\"| --comment (\"[^\"]*\"|\\S+)", "");
        }

        private boolean hides() {
            return code().matches(".*(masquerade|snat (ip )?to|-j (MASQUERADE|SNAT)).*");
        }

        private boolean leaves() {
            return code().matches(".*( return\\b| accept\\b|-j (RETURN|ACCEPT)).*");
        }

        private boolean sendsTo(Ipv4Address address, int port) {
            return line.matches(".*(dnat |-j DNAT ).*")
                    && (line.contains(address + " . " + port)
                            || line.contains(address + ":" + port));
        }

        /** Whether the new source is that of the interface it leaves by. */
        boolean masquerades() {
            return code().matches(".*(masquerade|-j MASQUERADE).*");
        }

        /** The command that shows it. */
        String shownBy() {
            return nft ? "nft list chain " + chain : "iptables-save -t nat";
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private final List<String> elements = new ArrayList<>();

    static NatRules at(Place location, Networks networks) {
        String nft = networks.output(location, "nft", "list", "ruleset");
        return nft.isEmpty()
                ? ofIptables(networks.output(location, "iptables-save", "-t", "nat"))
                : ofNft(nft);
    }

    static NatRules ofNft(String ruleset) {
        NatRules rules = new NatRules();
        rules.readNft(ruleset);
        return rules;
    }

    static NatRules ofIptables(String saved) {
        NatRules rules = new NatRules();
        rules.readIptables(saved);
        return rules;
    }

    private void readNft(String text) {
        String table = "";
        String chain = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("table ")) {
                table = line.substring("table ".length(), line.length() - 1).strip();
                chain = "";
            } else if (line.startsWith("chain ")) {
                chain = line.substring("chain ".length(), line.length() - 1).strip();
            } else if (line.contains(" : goto ") || line.contains(" : jump ")) {
                elements.add(line);
            } else if (!chain.isEmpty() && !line.startsWith("type ")) {
                rules.add(new Rule(table + " " + chain, line, true));
            }
        }
    }

    private void readIptables(String text) {
        text.lines()
                .filter(line -> line.startsWith("-A "))
                .forEach(line -> rules.add(new Rule(line.split(" ", -1)[1], line, false)));
    }

    /** The rule that translated the destination {@code before} to {@code after}. */
    Optional<Rule> dnat(Ipv4Address before, int beforePort, Ipv4Address after, int afterPort) {
        List<Rule> candidates =
                rules.stream().filter(rule -> rule.sendsTo(after, afterPort)).toList();
        return candidates.stream()
                .filter(rule -> leadsTo(rule, before, beforePort))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    /** Whether a map has an element for that address, or for that node port, that leads there. */
    private boolean leadsTo(Rule rule, Ipv4Address before, int port) {
        String goal = "goto " + rule.chain.substring(rule.chain.lastIndexOf(' ') + 1);
        return elements.stream()
                .filter(element -> element.contains(goal))
                .anyMatch(element ->
                        element.contains(before + " . tcp . " + port + " : " + goal)
                                || element.matches(
                                        ".*(^|\\{ |, ?)tcp \\. " + port + " : " + goal + ".*"));
    }

    /**
     * The rule that translated a packet's source address.
     *
     * @param marked whether a Service's rule marked it for masquerading
     */
    Optional<Rule> snat(Ipv4Address source, Ipv4Address destination, boolean marked) {
        // The first matching rule ends a chain, also one that accepts the packet unchanged.
        Map<String, Rule> first = new LinkedHashMap<>();
        rules.stream()
                .filter(rule -> rule.hides() || rule.leaves())
                .filter(rule -> fits(rule.code(), source, destination, marked))
                .forEach(rule -> first.putIfAbsent(rule.chain, rule));
        return first.values().stream().filter(Rule::hides).findFirst();
    }

    private static boolean fits(
            String rule, Ipv4Address source, Ipv4Address destination, boolean marked) {
        List<String> words = List.of(rule.split(" +"));
        boolean byMark = rule.contains("mark ");
        boolean unmarked = rule.contains("! --mark");
        boolean bySameEnds = rule.contains("@hairpins");
        return (!byMark || marked != unmarked)
                && (!bySameEnds || source.equals(destination))
                && prefixFits(words, "saddr", "-s", source)
                && prefixFits(words, "daddr", "-d", destination);
    }

    private static boolean prefixFits(
            List<String> words, String nft, String iptables, Ipv4Address address) {
        int at = Math.max(words.indexOf(nft), words.indexOf(iptables));
        if (at < 0 || at + 1 >= words.size()) {
            return true;
        }
        boolean notEqual = words.get(at + 1).equals("!=");
        boolean not = notEqual || at > 0 && words.get(at - 1).equals("!");
        String value = notEqual && at + 2 < words.size() ? words.get(at + 2) : words.get(at + 1);
        try {
            return Route.prefix(value).contains(address) != not;
        } catch (IllegalArgumentException e) {
            // "saddr . ip daddr @set", "@set", an interface: cannot be evaluated here.
            return true;
        }
    }
}
