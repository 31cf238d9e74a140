package dev.cnilab.cli;

import dev.cnilab.walk.Language;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --lang}: the language of the walkthrough. */
final class LanguageOption {

    @Option(
            names = "--lang",
            paramLabel = "LANG",
            description = "${COMPLETION-CANDIDATES}; default: the locale's.")
    @Nullable Language language;

    Language or(Map<String, String> environment) {
        return language == null ? Language.of(environment) : language;
    }
}
