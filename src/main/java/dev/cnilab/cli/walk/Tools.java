package dev.cnilab.cli.walk;

import dev.cnilab.base.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Commands as they are run in the lab. The tutorial captures with tcpdump, which neither kind's
 * nodes nor our pods have: it is the program's own capture everywhere, so that a walk shows the
 * same on each.
 */
final class Tools {

    /** tcpdump's options that say how to print, or that capture does anyway. */
    private static final Set<String> MEANINGLESS =
            Set.of("p", "n", "nn", "e", "l", "t", "tt", "q", "v", "vv", "pne", "pnne", "ne", "nne");

    private static final Set<String> WITH_VALUE = Set.of("i", "c", "s");

    private Tools() {}

    /**
     * @throws Failure for an option of tcpdump that capture has no match for
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
            } else if (!MEANINGLESS.contains(option)) {
                throw new Failure(
                        Failure.Kind.USAGE,
                        "tcpdump-option",
                        "no option -" + option + " here: tcpdump is lab's own capture",
                        "",
                        "it takes -i INTERFACE -c COUNT -s BYTES, -pne, and a filter");
            }
        }
        capture.addAll(argv.subList(i, argv.size()));
        return capture;
    }
}
