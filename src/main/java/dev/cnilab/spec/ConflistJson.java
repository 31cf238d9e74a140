package dev.cnilab.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Validates a CNI network configuration list whose variables have no values yet. */
final class ConflistJson {

    /** Variables that are known on a node without a running pod. */
    private static final Set<Variable.Scope> SCOPES =
            Set.of(Variable.Scope.LAB, Variable.Scope.NODE);

    private static final JsonMapper JSON = new JsonMapper();

    private ConflistJson() {}

    /**
     * Checks a list.
     *
     * @throws IllegalArgumentException when it is not a valid configuration list with any values
     */
    static Template checked(Template conflist) {
        for (String name : conflist.variables()) {
            Optional<Variable> variable = Variable.of(name);
            if (variable.isPresent() && !SCOPES.contains(variable.get().scope())) {
                throw new IllegalArgumentException(
                        "variable '" + name + "' has no value here: no pod is known yet");
            }
        }
        // Substitutes a digit for every variable: valid as a number, and within a string.
        JsonNode json = parse(conflist.fill(name -> "1"));
        if (!json.path("name").isTextual() || json.path("plugins").isEmpty()) {
            throw new IllegalArgumentException(
                    "a CNI configuration list needs a name and a list of plugins");
        }
        return conflist;
    }

    /**
     * What the first plugin gives pods, in bytes; empty where it leaves the MTU to the node, or a
     * variable.
     *
     * @param conflist one that was checked
     */
    static OptionalInt mtu(Template conflist) {
        // The plugins take 0 for their default, too.
        int mtu = parse(conflist.fill(_ -> "0")).path("plugins").path(0).path("mtu").asInt();
        return mtu == 0 ? OptionalInt.empty() : OptionalInt.of(mtu);
    }

    /**
     * The programs that it names, IPAM plugins included.
     *
     * @param conflist one that was checked
     */
    static Set<String> programs(Template conflist) {
        Set<String> programs = new TreeSet<>();
        for (JsonNode plugin : parse(conflist.fill(_ -> "1")).path("plugins")) {
            programs.add(plugin.path("type").asText());
            programs.add(plugin.path("ipam").path("type").asText());
        }
        programs.remove("");
        return programs;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    "not JSON: "
                            + e.getOriginalMessage()
                            + " in line "
                            + at.getLineNr()
                            + ", column "
                            + at.getColumnNr(),
                    e);
        }
    }
}
