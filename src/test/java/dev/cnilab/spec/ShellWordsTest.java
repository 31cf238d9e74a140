package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordsTest {

    @Test
    void splitsAtBlanksOutsideOfQuotes() {
        assertThat(
                        ShellWords.split(
                                "  ip  -d address\tshow 'flannel ipip' \"a \\\" b\" c\\ d e''f ''"))
                .containsExactly(
                        "ip", "-d", "address", "show", "flannel ipip", "a \" b", "c d", "ef", "");
    }

    @Test
    void expandsNothing() {
        assertThat(ShellWords.split("echo $HOME * ~ '|' \\;"))
                .containsExactly("echo", "$HOME", "*", "~", "|", ";");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '§',
            textBlock =
                    """
                    ps | grep java @ '|' is a feature of a shell
                    ping x & @ '&' is a feature of a shell
                    echo > /tmp/x @ '>' is a feature of a shell
                    echo 'a @ the quote ' is not closed
                    echo "a @ the quote " is not closed
                    """)
    void rejectsOtherFeaturesOfAShell(String line, String message) {
        assertThatThrownBy(() -> ShellWords.split(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void requiresACommand() {
        assertThatThrownBy(() -> ShellWords.split("  ")).hasMessage("expected a command");
    }
}
