package dev.cnilab.embedded.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a node reports of the machine that it is a part of. */
final class MachineInfo {

    private MachineInfo() {}

    /** MemTotal; 0 when it can't be read. */
    static long memoryKib() {
        return Long.parseLong(
                field(Path.of("/proc/meminfo"), "MemTotal:", "0").replaceAll("[^0-9]", ""));
    }

    /** PRETTY_NAME of os-release(5). */
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
