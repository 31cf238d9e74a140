package dev.cnilab.walk;

import dev.cnilab.spec.Template;
import dev.cnilab.spec.WalkthroughSpec.Text;
import java.util.List;
import java.util.Map;

/** A language of the walkthrough. */
public enum Language {
    EN,
    ZH;

    /** The variables of the locale, in the order of gettext(3). */
    private static final List<String> VARIABLES =
            List.of("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG");

    /** The language of the locale, English if not supported. */
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

    /** The code in locales and file names. */
    public String code() {
        return switch (this) {
            case EN -> "en";
            case ZH -> "zh";
        };
    }

    /** The text in this language, or in English if not translated. */
    public Template of(Text text) {
        return switch (this) {
            case EN -> text.en();
            case ZH -> text.zh().orElse(text.en());
        };
    }
}
