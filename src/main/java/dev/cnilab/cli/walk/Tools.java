package dev.cnilab.cli.walk;

import dev.cnilab.base.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Translates tools to commands in the lab. tcpdump, which the tutorial uses, is missing in kind's
 * nodes and in pods: it is replaced by lab's capture on all providers, for equal output.
 */
final class Tools {

    /** Options of tcpdump on formatting, or that are capture's defaults. */
    private static final Set<String> IGNORED_OPTIONS =
            Set.of("p", "n", "nn", "e", "l", "t", "tt", "q", "v", "vv", "pne", "pnne", "ne", "nne");

    private static final Set<String> WITH_VALUE = Set.of("i", "c", "s");

    private Tools() {}

    /**
     * @throws Failure for an option of tcpdump that capture does not support
     */
    static List<String> inLab(List<String> argv) throws Failure {
        if (!argv.getFirst().equals("tcpdump")) {
            return argv;
        }
        List<String> capture = new ArrayList<>(List.of("capture", "-v"));
        int i = 1;
        for (; i < argv.size() && argv.get(i).startsWith("-"); i++) {
            String option = argv.get(i).substring(1);
            if (WITH_VALUE.contains(option) && i + 1 < argv.size()) {
                capture.add(argv.get(i));
                capture.add(argv.get(++i));
            } else if (!IGNORED_OPTIONS.contains(option)) {
                throw new Failure(
                        Failure.Kind.USAGE,
                        "tcpdump-option",
                        "unsupported option -" + option + " here: tcpdump is lab's own capture",
                        "",
                        "it takes -i INTERFACE -c COUNT -s BYTES, -pne, and a filter");
            }
        }
        capture.addAll(argv.subList(i, argv.size()));
        return capture;
    }
}
