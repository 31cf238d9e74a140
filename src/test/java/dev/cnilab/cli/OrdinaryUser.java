package dev.cnilab.cli;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A user who is not root and has no capabilities, with a copy of the program that this user can
 * read, since home directories are often private.
 *
 * @param program the directory of the copy
 */
record OrdinaryUser(Path program) {

    static final int ID = 65534;
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static final List<String> SETPRIV =
            List.of(
                    "setpriv",
                    "--reuid=" + ID,
                    "--regid=" + ID,
                    "--clear-groups",
                    "--bounding-set=-all",
                    "--inh-caps=-all");

    /**
     * Copies the program.
     *
     * @param folder an empty directory
     */
    static OrdinaryUser create(Path folder) throws IOException {
        List<String> copy = new ArrayList<>(List.of("cp", "-r", "--parents"));
        copy.addAll(classPath());
        copy.add(folder.toString());
        for (List<String> argv : List.of(copy, List.of("chmod", "-R", "a+rX", folder.toString()))) {
            ExecResult result = Command.of(argv).run(LIMIT);
            if (!result.ok()) {
                throw new IOException(result.describe());
            }
        }
        return new OrdinaryUser(folder);
    }

    private static List<String> classPath() {
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(path.split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .filter(entry -> Files.exists(Path.of(entry)))
                .toList();
    }

    /** Runs lab on a machine. */
    ExecResult lab(Machine machine, List<String> wrapper, String... args) throws IOException {
        List<String> argv = new ArrayList<>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.add("-XX:+UseSerialGC");
        argv.add("-XX:TieredStopAtLevel=1");
        argv.add("--enable-native-access=ALL-UNNAMED");
        argv.add("-cp");
        argv.add(String.join(":", classPath().stream().map(entry -> program + entry).toList()));
        argv.add(Main.class.getName());
        argv.addAll(List.of(args));
        return run(machine, wrapper, argv);
    }

    /**
     * Runs any program on a machine.
     *
     * @param wrapper a command, run as root, that runs the program
     */
    ExecResult run(Machine machine, List<String> wrapper, List<String> command) throws IOException {
        List<String> argv = new ArrayList<>(wrapper);
        argv.addAll(SETPRIV);
        argv.addAll(command);
        return Command.await(argv, machine.startProgram(argv), LIMIT);
    }

    /** Gives a machine a /dev/net/tun of this mode, which a user namespace cannot change. */
    void tun(Machine machine, String mode) throws IOException {
        String tun = program.resolve("tun").toString();
        machine.run("mknod", "--mode=" + mode, tun, "c", "10", "200");
        machine.run("mount", "--bind", tun, "/dev/net/tun");
    }
}
