package dev.cnilab.cli.render;

import dev.cnilab.base.Failure;
import dev.cnilab.verify.report.Totals;

/** The exit codes; stable, and listed in docs/commands.md. */
public enum ExitCode {
    OK(0),
    VERIFICATION_FAILED(1),
    USAGE(2),
    PREFLIGHT(3),
    PROVIDER(4),
    TIMEOUT(5),
    NO_STEPS(6),
    INTERNAL(70),
    OUTPUT(74),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static ExitCode of(Failure.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case PREFLIGHT -> PREFLIGHT;
            case PROVIDER -> PROVIDER;
            case TIMEOUT -> TIMEOUT;
            case INTERRUPTED -> INTERRUPTED;
        };
    }

    public static ExitCode of(Totals totals) {
        if (totals.failed() > 0) {
            return VERIFICATION_FAILED;
        }
        return totals.passed() == 0 ? NO_STEPS : OK;
    }
}
