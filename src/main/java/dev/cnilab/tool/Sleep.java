package dev.cnilab.tool;

import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code sleep SECONDS}, or {@code sleep infinity}. */
final class Sleep implements Tool {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err)
            throws InterruptedIOException {
        if (args.size() != 1) {
            throw new UsageException("takes one argument: SECONDS or infinity");
        }
        String time = args.getFirst();
        try {
            Thread.sleep(time.equals("infinity") ? FOREVER : Arguments.parseSeconds(time));
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
