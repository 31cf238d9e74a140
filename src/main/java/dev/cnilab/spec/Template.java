package dev.cnilab.spec;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with variables, each written as a dollar sign and a name in braces. Two dollar signs before
 * a brace are an escaped one.
 *
 * @param text as written
 */
public record Template(String text) {

    private static final Pattern VARIABLE = Pattern.compile("\\$(\\$\\{)|\\$\\{([^{}\\n]*)}");

    /** Returns the variables' names, in the order of their first use. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(2);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Replaces the variables.
     *
     * @param value returns a variable's value by its name
     */
    public String fill(UnaryOperator<String> value) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> {
                    String name = match.group(2);
                    return Matcher.quoteReplacement(
                            name == null ? match.group(1) : value.apply(name));
                });
    }

    /**
     * Replaces the variables of a regular expression by quoted values, which match literally.
     *
     * @param value returns a variable's value by its name
     */
    public String fillRegex(UnaryOperator<String> value) {
        return fill(name -> Pattern.quote(value.apply(name)));
    }

    @Override
    public String toString() {
        return text;
    }
}
