package dev.cnilab.kind;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program kind: LAB_KIND, else kind on the PATH, else a downloaded pinned release.
 *
 * @param version such as {@code 0.29.0}
 */
public record KindProgram(Path file, String version) {

    /** The minimum version, required by the node image of the bundled labs. */
    private static final String OLDEST = "0.20.0";

    private static final String PINNED = "0.29.0";

    /** From the release's kind-linux-ARCHITECTURE.sha256sum files. */
    private static final Map<String, String> PINNED_SHA256 =
            Map.of(
                    "amd64", "c72eda46430f065fb45c5f70e7c957cc9209402ef309294821978677c8fb3284",
                    "arm64", "03d45095dbd9cc1689f179a3e5e5da24b77c2d1b257d7645abf1b4174bebcf2a");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /**
     * The installed program, without downloads.
     *
     * @throws Failure if LAB_KIND is not an executable file
     */
    public static Optional<Path> installed(Map<String, String> environment) throws Failure {
        String named = environment.getOrDefault("LAB_KIND", "");
        SearchPath path = SearchPath.of(environment);
        Optional<Path> found = path.find(named.isEmpty() ? "kind" : named);
        if (found.isEmpty() && !named.isEmpty()) {
            throw failure(
                    "kind-missing",
                    "LAB_KIND is not a program",
                    named + " is not an executable file",
                    "fix LAB_KIND, or unset it");
        }
        return found;
    }

    /**
     * Finds the program, and downloads it if not installed.
     *
     * @throws Failure if it cannot be found, or is too old
     */
    public static KindProgram find(
            Map<String, String> environment, Downloads downloads, Consumer<String> progress)
            throws IOException {
        Optional<Path> installed = installed(environment);
        return of(installed.isPresent() ? installed.get() : fetch(downloads, progress));
    }

    /**
     * Checks a program.
     *
     * @throws Failure if it is not kind, or is too old
     */
    static KindProgram of(Path file) throws IOException {
        ExecResult said = Command.of(file.toString(), "--version").run(TIMEOUT);
        Matcher version = VERSION.matcher(said.stdout());
        if (!said.ok() || !version.find()) {
            throw failure(
                    "kind-missing",
                    file + " is not kind",
                    said.describe(),
                    "install kind (https://kind.sigs.k8s.io), or set LAB_KIND to its path");
        }
        if (Arrays.compare(numbers(version.group()), numbers(OLDEST)) < 0) {
            throw failure(
                    "kind-too-old",
                    "this kind is too old: " + OLDEST + " or newer is needed",
                    file + ": " + said.stdout().strip(),
                    "install a newer one, or remove it from the PATH: lab downloads " + PINNED);
        }
        return new KindProgram(file, version.group());
    }

    /** The pinned release for this machine. */
    public static Downloads.Source pinned() throws Failure {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return new Downloads.Source(
                "kind-" + PINNED + "-" + architecture,
                URI.create(
                        "https://github.com/kubernetes-sigs/kind/releases/download/v"
                                + PINNED
                                + "/kind-linux-"
                                + architecture),
                PINNED_SHA256.getOrDefault(architecture, ""));
    }

    private static Path fetch(Downloads downloads, Consumer<String> progress) throws IOException {
        if (downloads.cached(pinned()).isEmpty()) {
            progress.accept("kind is not on the PATH");
        }
        return downloads.get(pinned(), progress);
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\.").splitAsStream(version).mapToInt(Integer::parseInt).toArray();
    }

    private static Failure failure(String id, String what, String evidence, String remedy) {
        return new Failure(Failure.Kind.PREFLIGHT, id, what, evidence, remedy);
    }
}
