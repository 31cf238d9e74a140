package dev.cnilab.embedded.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Properties of this machine that nodes report. */
final class MachineInfo {

    private MachineInfo() {}

    /** Returns MemTotal in KiB; 0 when it cannot be read. */
    static long memoryKib() {
        return Long.parseLong(
                field(Path.of("/proc/meminfo"), "MemTotal:", "0").replaceAll("[^0-9]", ""));
    }

    /** Returns PRETTY_NAME of os-release(5). */
    static String osName() {
        return field(Path.of("/etc/os-release"), "PRETTY_NAME=", "Linux").replace("\"", "");
    }

    private static String field(Path file, String prefix, String otherwise) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
