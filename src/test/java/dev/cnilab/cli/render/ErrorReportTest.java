package dev.cnilab.cli.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorReportTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ExitCode report(Throwable error, boolean colors, boolean traces) {
        PrintStream stream = new PrintStream(err, true, UTF_8);
        return new ErrorReport(new Console(stream, stream, false, colors), traces).print(error);
    }

    private String text() {
        return err.toString(UTF_8);
    }

    @Test
    void reportsWhatHappenedDetailsAndFix() {
        Failure failure =
                new Failure(
                        Failure.Kind.PREFLIGHT,
                        "no-tun",
                        "no tunnel",
                        "a\nb\n",
                        Remedy.type("modprobe tun", "lab up net").with("or use ipip"));
        failure.addSuppressed(new IOException("and this, too"));

        assertThat(report(failure, false, false)).isEqualTo(ExitCode.PREFLIGHT);
        assertThat(text())
                .isEqualTo(
                        """
                        error[no-tun]: no tunnel
                          details: a
                                b
                          fix: modprobe tun
                                lab up net
                          hint: or use ipip
                          also: and this, too
                        """);
    }

    @Test
    void omitsEmptyParts() {
        report(new Failure(Failure.Kind.USAGE, "id", "what", "", ""), false, false);

        assertThat(text()).isEqualTo("error[id]: what\n");
    }

    @ParameterizedTest
    @CsvSource({"USAGE, 2", "PREFLIGHT, 3", "PROVIDER, 4", "TIMEOUT, 5"})
    void eachKindHasItsExitCode(Failure.Kind kind, int number) {
        assertThat(report(new Failure(kind, "id", "what", "", ""), false, false).number())
                .isEqualTo(number);
    }

    @Test
    void ioErrorIsAProviderFailure() {
        assertThat(report(new IOException("disk full"), false, false)).isEqualTo(ExitCode.PROVIDER);
        assertThat(text()).startsWith("error[io]: disk full\n").contains("--trace");
    }

    @Test
    void internalErrorIsReportedAsABug() {
        assertThat(report(new IllegalStateException("oops"), false, false).number()).isEqualTo(70);
        assertThat(text())
                .contains("a bug in lab", "oops", "--trace")
                .doesNotContain("at dev.cnilab");
    }

    @Test
    void stackTraceOnRequest() {
        report(new IllegalStateException("oops"), false, true);

        assertThat(text()).contains("at dev.cnilab.cli.render.ErrorReportTest");
    }

    @Test
    void coloursOnlyTheHeadline() {
        report(new Failure(Failure.Kind.USAGE, "id", "what", "seen", ""), true, false);

        assertThat(text()).isEqualTo("\u001b[31merror[id]: \u001b[0mwhat\n  details: seen\n");
    }
}
