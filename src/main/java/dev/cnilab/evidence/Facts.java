package dev.cnilab.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts of the machine that a report was created on. */
final class Facts {

    private static final Pattern DISTRIBUTION =
            Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\n]*)\"?$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s*(.*)$");

    private Facts() {}

    /**
     * The facts in the order of display.
     *
     * @param version of lab
     */
    static Map<String, String> ofThisMachine(String version) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("lab", version);
        facts.put("java", System.getProperty("java.runtime.version"));
        facts.put("kernel", System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("distribution", found(DISTRIBUTION, Path.of("/etc/os-release")));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", found(MEMORY, Path.of("/proc/meminfo")));
        return facts;
    }

    private static String found(Pattern pattern, Path file) {
        try {
            // Files in /proc report a length of 0.
            List<String> lines = Files.readAllLines(file);
            Matcher matcher = pattern.matcher(String.join("\n", lines));
            return matcher.find() ? matcher.group(1) : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
