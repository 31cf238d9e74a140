package dev.cnilab.cli.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cli.render.Console.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Console console(boolean colors) {
        PrintStream stream = new PrintStream(bytes, true, UTF_8);
        return new Console(stream, stream, true, colors);
    }

    @ParameterizedTest
    @CsvSource({
        "escape sequence,    001b, \\u001b",
        "bell,               0007, \\u0007",
        "backspace,          0008, \\u0008",
        "delete,             007f, \\u007f",
        "C1 CSI,             009b, \\u009b",
        "RTL override,       202e, \\u202e",
        "isolate,            2066, \\u2066",
        "Arabic letter mark, 061c, \\u061c",
        "line separator,     2028, \\u2028",
        "zero-width,         200b, \\u200b",
        "half of a pair,     d800, \\ud800",
        "tag,                e0041, \\udb40\\udc41",
    })
    void unsafeCharactersAreEscaped(String what, String codePoint, String shown) {
        String text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";

        assertThat(TerminalText.of(text, true)).as(what).isEqualTo("a" + shown + "b");
        assertThat(TerminalText.line(text)).as(what).isEqualTo("a" + shown + "b");
    }

    @Test
    void everyControlCharacterIsEscapedExceptLineFeedAndTab() {
        for (int c = 0; c < 0xa0; c++) {
            if ((c < ' ' || c >= 0x7f) && c != '\n' && c != '\t') {
                assertThat(TerminalText.of(Character.toString(c), true)).hasSize(6);
            }
        }
    }

    @Test
    void ordinaryTextIsUnchanged() {
        String text = "✓ pods\tä 目标 😀\r\nnext line\n";

        assertThat(TerminalText.of(text, false)).isEqualTo(text);
    }

    @Test
    void carriageReturnOverwritesNoLine() {
        assertThat(TerminalText.of("lost\rok\n", false)).isEqualTo("lost\\u000dok\n");
    }

    @Test
    void namesAddNoLines() {
        assertThat(TerminalText.line("eth0\n✓ forged\tx\r\n"))
                .isEqualTo("eth0\\u000a✓ forged\\u0009x\\u000d\\u000a");
    }

    @Test
    void stylesAreTheOnlyEscapeSequences() {
        String text = Style.BAD.of("✗ \u001b[2J") + " x";

        assertThat(TerminalText.of(text, true)).isEqualTo("\u001b[31m✗ \\u001b[2J\u001b[0m x");
        assertThat(TerminalText.of(text, false)).isEqualTo("✗ \\u001b[2J x");
    }

    @Test
    void foreignMarkColoursNoTextAfterIt() {
        assertThat(TerminalText.of("\ufdd1name", true)).isEqualTo("\u001b[31mname\u001b[0m");
    }

    @Test
    void whatIsPrintedIsMadeSafe() {
        Console console = console(false);

        console.out().print("1\u001b[m");
        console.out().print((Object) "2\u001b[m");
        console.out().print('\u001b');
        console.out().print(new char[] {'\u001b'});
        console.err().println("3\u001b[m");
        console.err().printf("%s", "4\u001b[m");
        console.err().append("5\u001b[m");
        new RuntimeException("6\u001b[m").printStackTrace(console.err());

        assertThat(bytes.toString(UTF_8)).doesNotContain("\u001b").contains("6\\u001b[m");
    }

    @Test
    void whatIsWrittenIsUnchanged() throws IOException {
        console(false).out().write("\u001b[2J\0".getBytes(UTF_8));

        assertThat(bytes.toString(UTF_8)).isEqualTo("\u001b[2J\0");
    }

    @Test
    void tableCellsAreOneLine() {
        TextTable table = new TextTable("NAME", "AGE");
        table.row("a\nforged   1d", "2d");

        assertThat(table.toString().lines()).hasSize(2);
    }
}
