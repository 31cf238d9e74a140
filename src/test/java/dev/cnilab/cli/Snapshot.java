package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.NetworkState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of a machine that a lab could change, one line per object: network, named network
 * namespaces with theirs, sysctls, processes, mounts, and files in /run, the temporary directory
 * and the state directory.
 */
record Snapshot(Set<String> lines) {

    /** Sysctls that labs raise or nodes set. */
    private static final Predicate<String> SYSCTLS =
            Pattern.compile(
                            "fs/inotify/.*|net/core/somaxconn|net/ipv4/(ip_forward|ping_group_range)"
                                    + "|net/bridge/bridge-nf-call-.*|net/ipv[46]/conf/.*/"
                                    + "(rp_filter|forwarding|route_localnet|accept_ra"
                                    + "|disable_ipv6|router_solicitations)")
                    .asMatchPredicate();

    private static final Path PROC_SYS = Path.of("/proc/sys");

    static Snapshot of(Machine machine) throws IOException {
        Set<String> lines = new LinkedHashSet<>(NetworkState.of(machine.network()));
        lines.addAll(namespaces(machine.path(NetNamespace.DIRECTORY)));
        lines.addAll(machine.network().call(Snapshot::sysctls));
        lines.addAll(processes(machine));
        lines.addAll(mounts(machine.path(Path.of("/proc/1/mountinfo"))));
        for (Path folder : Set.of(Path.of("/run"), Machine.TEMPORARY, machine.state())) {
            FileStates files = new FileStates(machine.path(folder), folder, machine.shared());
            lines.addAll(files.lines());
        }
        return new Snapshot(lines);
    }

    void assertSameOn(Machine machine) throws IOException {
        assertThat(difference(of(machine)))
                .as("removed (-) and added (+) on the machine")
                .isEmpty();
    }

    /** The differences: removed lines with a minus, added ones with a plus. */
    List<String> difference(Snapshot later) {
        return Stream.concat(
                        lines.stream()
                                .filter(line -> !later.lines.contains(line))
                                .map(line -> "- " + line),
                        later.lines.stream()
                                .filter(line -> !lines.contains(line))
                                .map(line -> "+ " + line))
                .toList();
    }

    /** Names of network namespaces. */
    Set<String> namespaces() {
        return lines.stream()
                .filter(line -> line.startsWith("netns "))
                .map(line -> line.split(" ")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> namespaces(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : sorted(folder)) {
            NetNamespace namespace = new NetNamespace(file);
            String name = "netns " + file.getFileName() + " ";
            if (!namespace.exists()) {
                lines.add(name + "is not a namespace");
                continue;
            }
            lines.add(name + "inode " + Files.getAttribute(file, "unix:ino"));
            NetworkState.of(namespace).forEach(line -> lines.add(name + line));
            namespace.call(Snapshot::sysctls).forEach(line -> lines.add(name + line));
        }
        return lines;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The sysctls of the calling thread's network namespace. */
    private static List<String> sysctls() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String top : List.of("fs/inotify", "net")) {
            try (Stream<Path> files = Files.walk(PROC_SYS.resolve(top))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String path = PROC_SYS.relativize(file).toString();
                    if (SYSCTLS.test(path)) {
                        addValue(new Sysctl(key(path)), lines);
                    }
                }
            }
        }
        return lines;
    }

    /** The key in sysctl(8)'s notation, with dots and slashes swapped. */
    private static String key(String path) {
        return path.replace('.', '\0').replace('/', '.').replace('\0', '/');
    }

    private static void addValue(Sysctl sysctl, List<String> lines) {
        try {
            lines.add("sysctl " + sysctl + " = " + sysctl.read());
        } catch (IOException e) {
            // Its link was deleted meanwhile, which the kernel reports by several errors.
        }
    }

    /** {@code process PID ARGUMENTS}, without zombies, which are not reaped here. */
    static List<String> processes(Machine machine) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path process : sorted(machine.path(Path.of("/proc")))) {
            String pid = process.getFileName().toString();
            if (!pid.matches("\\d+")) {
                continue;
            }
            try {
                String stat = read(process.resolve("stat"));
                if (!stat.substring(stat.lastIndexOf(')')).startsWith(") Z")) {
                    String words = read(process.resolve("cmdline")).replace('\0', ' ');
                    lines.add("process " + pid + " " + words.strip());
                }
            } catch (IOException e) {
                // It has exited meanwhile.
            }
        }
        return lines;
    }

    /** Mounts without ids, which are never reused. */
    private static List<String> mounts(Path mountinfo) throws IOException {
        return read(mountinfo).lines().map(line -> "mount " + line.split(" ", 4)[3]).toList();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
