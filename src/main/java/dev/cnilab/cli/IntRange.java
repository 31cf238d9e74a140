package dev.cnilab.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The integers that an option accepts; others are usage errors. */
abstract class IntRange implements ITypeConverter<Integer> {

    private final int least;
    private final int greatest;

    private IntRange(int least, int greatest) {
        this.least = least;
        this.greatest = greatest;
    }

    @Override
    public Integer convert(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported as the numbers out of range are.
        }
        throw new TypeConversionException(
                "'%s' is not an integer from %d to %d".formatted(text, least, greatest));
    }

    /** A TCP port. */
    static final class Port extends IntRange {
        Port() {
            super(1, 65_535);
        }
    }

    /** Payload of an echo request in an IPv4 packet: 65535 less the headers, 20 and 8 bytes. */
    static final class EchoPayload extends IntRange {
        EchoPayload() {
            super(0, 65_507);
        }
    }

    /** A number of nodes: kube-controller-manager has 65536 subnets at most for them. */
    static final class Nodes extends IntRange {
        Nodes() {
            super(1, 65_536);
        }
    }

    /** A time-out in seconds, at most a day. */
    static final class Seconds extends IntRange {
        Seconds() {
            super(1, 86_400);
        }
    }

    /** A number of packets or lines. */
    static final class Count extends IntRange {
        Count() {
            super(1, Integer.MAX_VALUE);
        }
    }
}
