package dev.cnilab.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void parsesGroupedAttachedAndLongOptionsAnywhere() {
        Arguments arguments =
                parse("-sSm2", "url", "-o", "/dev/null", "--max-time=1.5", "--", "-x");

        assertThat(arguments.has("-S")).isTrue();
        assertThat(arguments.value("-m")).contains("2");
        assertThat(arguments.value("-o")).contains("/dev/null");
        assertThat(arguments.seconds("--max-time")).contains(Duration.ofMillis(1500));
        assertThat(arguments.operands()).containsExactly("url", "-x");
    }

    @Test
    void keepsAllValuesOfARepeatedOption() {
        Arguments arguments = parse("-o", "a", "-o", "b");

        assertThat(arguments.all("-o")).containsExactly("a", "b");
        assertThat(arguments.value("-o")).contains("b");
    }

    @Test
    void namesInvalidArguments() {
        assertThatThrownBy(() -> parse("-sz")).hasMessage("option -sz is not supported");
        assertThatThrownBy(() -> parse("--nope")).hasMessage("option --nope is not supported");
        assertThatThrownBy(() -> parse("-o")).hasMessage("option -o needs a value");
        assertThatThrownBy(() -> parse("-m", "x").number("-m", 1, 1))
                .hasMessage("'-m x': an integer from 1 is expected");
        assertThatThrownBy(() -> parse("-m", "1s").seconds("-m"))
                .hasMessage("'1s' is not a number of seconds");
    }

    @Test
    void acceptsAbsentOptions() {
        assertThat(parse("url").number("-m", Integer.MAX_VALUE, 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(parse("-m", "3").number("-m", Integer.MAX_VALUE, 1)).isEqualTo(3);
    }

    private static Arguments parse(String... args) {
        return new Arguments(List.of(args), Set.of("-s", "-S"), Set.of("-m", "-o", "--max-time"));
    }
}
