package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of a place that may drop packets, with the commands that remove them. */
final class DropRules {

    /**
     * @param line the rule, or a chain's policy
     * @param remedy the command that removes it, in a shell's syntax; empty if none is known
     */
    record Rule(String line, Optional<String> remedy) {}

    private static final Pattern IPTABLES_RULE =
            Pattern.compile("\\[(\\d+):\\d+] (-A (\\S+) (.*-j (?:DROP|REJECT).*))");
    private static final Pattern IPTABLES_POLICY = Pattern.compile(":(\\S+) DROP \\[(\\d+):\\d+]");
    private static final Pattern NFT_HOOK =
            Pattern.compile("type filter hook (\\w+) .*policy (\\w+);.*");
    private static final Pattern HANDLE = Pattern.compile("(.*) # handle (\\d+)");

    private final List<Rule> rules = new ArrayList<>();

    private DropRules() {}

    /**
     * @param hook forward, input or output
     */
    static List<Rule> at(Place place, Networks networks, String hook) {
        String saved = networks.output(place, "iptables-save", "-c", "-t", "filter");
        List<Rule> found = of(saved, "", hook);
        return found.isEmpty()
                ? of("", networks.output(place, "nft", "-a", "list", "ruleset"), hook)
                : found;
    }

    /** The rules in the output of {@code iptables-save -c} and {@code nft -a list ruleset}. */
    static List<Rule> of(String saved, String ruleset, String hook) {
        DropRules found = new DropRules();
        found.readIptables(saved, hook);
        found.readNft(ruleset, hook);
        return found.rules;
    }

    /** Rules of iptables that have matched packets, most packets first. */
    private void readIptables(String text, String hook) {
        String chain = hook.toUpperCase(Locale.ROOT);
        for (String line : text.lines().toList()) {
            Matcher rule = IPTABLES_RULE.matcher(line);
            Matcher policy = IPTABLES_POLICY.matcher(line);
            if (rule.matches() && rule.group(3).equals(chain) && !rule.group(1).equals("0")) {
                rules.add(
                        new Rule(
                                rule.group(2) + "  (" + rule.group(1) + " packets)",
                                Optional.of("iptables -D " + chain + " " + rule.group(4))));
            } else if (policy.matches()
                    && policy.group(1).equals(chain)
                    && !policy.group(2).equals("0")) {
                rules.add(
                        new Rule(
                                "chain "
                                        + chain
                                        + ", policy DROP  ("
                                        + policy.group(2)
                                        + " packets)",
                                Optional.of("iptables -P " + chain + " ACCEPT")));
            }
        }
    }

    private void readNft(String text, String hook) {
        String table = "";
        String chain = "";
        boolean hooked = false;
        for (String numbered : text.lines().map(String::strip).toList()) {
            Matcher handle = HANDLE.matcher(numbered);
            boolean has = handle.matches();
            String line = has ? handle.group(1) : numbered;
            Matcher type = NFT_HOOK.matcher(line);
            if (line.startsWith("table ")) {
                table = name(line);
            } else if (line.startsWith("chain ")) {
                chain = name(line);
                hooked = false;
            } else if (type.matches()) {
                hooked = type.group(1).equals(hook);
                if (hooked && type.group(2).equals("drop")) {
                    rules.add(
                            new Rule(
                                    table + " " + chain + ": policy drop",
                                    Optional.of(
                                            "nft chain %s %s '{ policy accept ; }'"
                                                    .formatted(table, chain))));
                }
            } else if (hooked && drops(line) && !line.contains("packets 0 ")) {

                rules.add(
                        new Rule(
                                table + " " + chain + ": " + line,
                                has
                                        ? Optional.of(
                                                "nft delete rule %s %s handle %s"
                                                        .formatted(table, chain, handle.group(2)))
                                        : Optional.empty()));
            }
        }
    }

    private static boolean drops(String line) {
        return line.matches(".*\\b(drop|reject)\\b.*");
    }

    private static String name(String line) {
        return line.replaceAll("^(table|chain) | \\{.*$", "");
    }
}
