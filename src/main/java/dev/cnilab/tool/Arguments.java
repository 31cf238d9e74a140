package dev.cnilab.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parses command-line arguments as getopt does: options anywhere, short ones in groups, a value
 * attached to its option or in the next argument; the rest are operands.
 */
final class Arguments {

    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    /**
     * Parses arguments.
     *
     * @param flags options without a value, with their dashes
     * @param valued options with one
     * @throws UsageException on any other option
     */
    Arguments(List<String> args, Set<String> flags, Set<String> valued) {
        boolean options = true;
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!options || !arg.startsWith("-") || arg.equals("-")) {
                operands.add(arg);
            } else if (arg.equals("--")) {
                options = false;
            } else if (arg.startsWith("--")) {
                int equals = arg.indexOf('=');
                String name = equals < 0 ? arg : arg.substring(0, equals);
                if (flags.contains(name) && equals < 0) {
                    put(name, "");
                } else if (valued.contains(name)) {
                    put(name, equals < 0 ? following(args, ++i, name) : arg.substring(equals + 1));
                } else {
                    throw unknown(arg);
                }
            } else {
                i = group(args, i, flags, valued);
            }
        }
    }

    boolean has(String... names) {
        for (String name : names) {
            if (values.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the last value given under any of the names. */
    Optional<String> value(String... names) {
        for (String name : names) {
            if (values.containsKey(name)) {
                return Optional.of(values.get(name).getLast());
            }
        }
        return Optional.empty();
    }

    /** Returns all values given under that name, in their order. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    List<String> operands() {
        return operands;
    }

    /** Returns an integer of at least {@code least}, or {@code otherwise} when none was given. */
    int number(String name, int otherwise, int least) {
        return value(name).map(text -> parseNumber(name, text, least)).orElse(otherwise);
    }

    private static int parseNumber(String name, String text, int least) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least) {
            throw new UsageException(
                    "'" + name + " " + text + "': an integer from " + least + " is expected");
        }
        return Integer.parseInt(text);
    }

    /** Returns a number of seconds, which may have a fraction, given under any of the names. */
    Optional<Duration> seconds(String... names) {
        return value(names).map(Arguments::parseSeconds);
    }

    static Duration parseSeconds(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new UsageException("'" + text + "' is not a number of seconds");
        }
        return Duration.ofNanos((long) (Double.parseDouble(text) * 1e9));
    }

    /** Parses one argument of short options: {@code -sS}, {@code -m2}, {@code -m 2}. */
    private int group(List<String> args, int index, Set<String> flags, Set<String> valued) {
        String arg = args.get(index);
        for (int at = 1; at < arg.length(); at++) {
            String name = "-" + arg.charAt(at);
            if (valued.contains(name)) {
                boolean attached = at + 1 < arg.length();
                put(name, attached ? arg.substring(at + 1) : following(args, index + 1, name));
                return attached ? index : index + 1;
            } else if (!flags.contains(name)) {
                throw unknown(arg);
            }
            put(name, "");
        }
        return index;
    }

    private void put(String name, String value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static String following(List<String> args, int index, String name) {
        if (index >= args.size()) {
            throw new UsageException("option " + name + " needs a value");
        }
        return args.get(index);
    }

    private static UsageException unknown(String arg) {
        return new UsageException("option " + arg + " is not supported");
    }
}
