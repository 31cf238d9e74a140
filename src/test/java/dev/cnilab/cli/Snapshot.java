package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All of a machine that a lab could leave something in, as text to compare. */
record Snapshot(
        String links,
        String routes,
        String namespaces,
        String rules,
        String sysctls,
        String processes,
        String mounts,
        List<String> run,
        List<String> state) {

    /** What labs raise, and what nodes have otherwise than a machine. */
    private static final String SYSCTLS =
            "^(fs.inotify|net.core.somaxconn|net.ipv4.ip_forward|net.ipv[46].conf.*rp_filter"
                    + "|net.ipv[46].conf.*forwarding)";

    static Snapshot of(Machine machine) throws IOException {
        return new Snapshot(
                machine.run("ip", "-d", "link"),
                machine.run("ip", "route", "show", "table", "all"),
                machine.run("ip", "netns"),
                machine.run("nft", "list", "ruleset"),
                machine.run("sysctl", "-a", "--pattern", SYSCTLS),
                commands(machine),
                mounts(machine),
                machine.run("find", "/run").lines().sorted().toList(),
                files(machine.state()));
    }

    void assertSameOn(Machine machine) throws IOException {
        assertThat(of(machine)).usingRecursiveComparison().isEqualTo(this);
    }

    /** Without the one that looks, and without the dead, whom nobody reaps here. */
    private static String commands(Machine machine) throws IOException {
        return machine.run("ps", "-e", "-o", "stat=,args=")
                .lines()
                .filter(line -> !line.startsWith("Z") && !line.contains("ps -e -o"))
                .collect(Collectors.joining("\n"));
    }

    /** Without the ids, which count up. */
    private static String mounts(Machine machine) throws IOException {
        return machine.run("cat", "/proc/1/mountinfo")
                .lines()
                .map(line -> line.split(" ", 4)[3])
                .collect(Collectors.joining("\n"));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
