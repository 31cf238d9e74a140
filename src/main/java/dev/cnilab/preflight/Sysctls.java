package dev.cnilab.preflight;

import dev.cnilab.base.Remedy;
import dev.cnilab.host.Sysctl;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks the kernel parameters that the lab requires; kind's nodes run out of inotify watches
 * first.
 *
 * @param minimums the minimum values by name
 */
record Sysctls(Map<String, Long> minimums) implements Inspection {

    @Override
    public Finding inspect() throws IOException {
        Map<String, Long> lower = lower();
        if (lower.isEmpty()) {
            return new Finding.Ok("high enough: " + String.join(", ", minimums.keySet()));
        }
        List<String> seen = new ArrayList<>();
        boolean writable = true;
        for (Map.Entry<String, Long> each : lower.entrySet()) {
            Sysctl sysctl = new Sysctl(each.getKey());
            seen.add(sysctl + " is " + sysctl.read() + ", expected at least " + each.getValue());
            writable &= Files.isWritable(sysctl.path());
        }
        Remedy remedy =
                Remedy.type(
                        lower.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining(" ", "sudo sysctl -w ", "")));
        return writable
                ? new Finding.Warning(
                        String.join("; ", seen), "lab up raises it, lab down restores it", remedy)
                : new Finding.Missing(
                        String.join("; ", seen),
                        "only root can raise it; kind's nodes do not boot without it",
                        remedy);
    }

    /**
     * Raises lower values permanently.
     *
     * @return what was changed, as {@code key: before -> after}
     */
    List<String> raise() throws IOException {
        List<String> done = new ArrayList<>();
        for (Map.Entry<String, Long> each : lower().entrySet()) {
            Sysctl sysctl = new Sysctl(each.getKey());
            String before = sysctl.read();
            sysctl.write(each.getValue().toString());
            done.add(sysctl + ": " + before + " -> " + each.getValue());
        }
        return done;
    }

    /** Returns the parameters to raise, sorted; without those that the kernel lacks. */
    private Map<String, Long> lower() throws IOException {
        Map<String, Long> lower = new TreeMap<>();
        for (Map.Entry<String, Long> each : minimums.entrySet()) {
            Sysctl sysctl = new Sysctl(each.getKey());
            if (sysctl.exists() && Long.parseLong(sysctl.read()) < each.getValue()) {
                lower.put(each.getKey(), each.getValue());
            }
        }
        return lower;
    }
}
