package dev.cnilab.verify;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Selects steps by name, for {@code --step}: {@code REGEX} includes, {@code !REGEX} excludes; a
 * match anywhere in the name is enough. Without an including pattern all steps are included.
 */
public record StepFilter(List<String> patterns) {

    public StepFilter {
        patterns = List.copyOf(patterns);
        patterns.forEach(StepFilter::regex);
    }

    public boolean selects(String name) {
        boolean anyIn = patterns.stream().anyMatch(pattern -> !pattern.startsWith("!"));
        boolean in =
                patterns.stream()
                        .filter(pattern -> !pattern.startsWith("!"))
                        .anyMatch(pattern -> regex(pattern).matcher(name).find());
        boolean out =
                patterns.stream()
                        .filter(pattern -> pattern.startsWith("!"))
                        .anyMatch(pattern -> regex(pattern).matcher(name).find());
        return (in || !anyIn) && !out;
    }

    /** Returns the patterns that match none of the names. */
    public List<String> unmatched(List<String> names) {
        return patterns.stream()
                .filter(pattern -> names.stream().noneMatch(n -> regex(pattern).matcher(n).find()))
                .toList();
    }

    private static Pattern regex(String pattern) {
        return Pattern.compile(pattern.startsWith("!") ? pattern.substring(1) : pattern);
    }
}
