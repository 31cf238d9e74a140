package dev.cnilab.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.Set;

/** Looks at a CNI network configuration list before any node's values are known. */
final class ConflistJson {

    /** What a node's runtime can fill in without a running pod. */
    private static final Set<Variable.Scope> SCOPES =
            Set.of(Variable.Scope.LAB, Variable.Scope.NODE);

    private static final JsonMapper JSON = new JsonMapper();

    private ConflistJson() {}

    /**
     * @throws IllegalArgumentException when no node's values can make it a configuration list
     */
    static Template checked(Template conflist) {
        for (String name : conflist.variables()) {
            Optional<Variable> variable = Variable.of(name);
            if (variable.isPresent() && !SCOPES.contains(variable.get().scope())) {
                throw new IllegalArgumentException(
                        "variable '" + name + "' has no value here: no pod is known yet");
            }
        }
        // A digit can stand where a number is needed, and within any string.
        JsonNode json = parse(conflist.fill(name -> "1"));
        if (!json.path("name").isTextual() || json.path("plugins").isEmpty()) {
            throw new IllegalArgumentException(
                    "a CNI configuration list has a name and a list of plugins");
        }
        return conflist;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    "not JSON: "
                            + e.getOriginalMessage()
                            + " in its line "
                            + at.getLineNr()
                            + ", column "
                            + at.getColumnNr(),
                    e);
        }
    }
}
