package dev.cnilab.walk;

import dev.cnilab.spec.Template;
import dev.cnilab.spec.WalkthroughSpec.Text;
import java.util.List;
import java.util.Map;

/** What a reader reads. */
public enum Language {
    EN,
    ZH;

    /** In the order in which gettext(3) asks them. */
    private static final List<String> VARIABLES =
            List.of("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG");

    /** The locale's, English where there is no text in that. */
    public static Language of(Map<String, String> environment) {
        return VARIABLES.stream()
                        .map(variable -> environment.getOrDefault(variable, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .filter(value -> value.startsWith("zh"))
                        .isPresent()
                ? ZH
                : EN;
    }

    /** As locales and file names have it. */
    public String code() {
        return switch (this) {
            case EN -> "en";
            case ZH -> "zh";
        };
    }

    /** The text, in English where it is not translated. */
    public Template of(Text text) {
        return switch (this) {
            case EN -> text.en();
            case ZH -> text.zh().orElse(text.en());
        };
    }
}
