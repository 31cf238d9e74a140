package dev.cnilab.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What agent, installer, tools and demo need of a class path: the program, and the libraries that
 * these load. An image is built only after a training run with just them.
 */
final class NodeClassPath {

    /**
     * By the names of Maven's files. The API's client refers to the model of these groups when it
     * starts, though an agent asks for nodes only.
     */
    private static final Pattern LIBRARIES =
            Pattern.compile(
                    "(picocli"
                            + "|jackson-(annotations|core|databind|dataformat-yaml|datatype-jsr310)"
                            + "|snakeyaml-engine"
                            + "|kubernetes-(client|client-api|httpclient-jdk)"
                            + "|kubernetes-model-(common|core|apps|autoscaling|batch|certificates|extensions)"
                            + "|slf4j-(api|nop))-[0-9].*\\.jar");

    /** A build of the program itself, whatever its version. */
    private static final Pattern PROGRAM = Pattern.compile("lab-[0-9].*\\.jar");

    private NodeClassPath() {}

    /** The entries that nodes need, in the same order. */
    static List<Path> of(List<Path> classPath) {
        return classPath.stream().filter(NodeClassPath::isNeeded).toList();
    }

    private static boolean isNeeded(Path entry) {
        String name = entry.getFileName().toString();
        return Files.isDirectory(entry)
                || PROGRAM.matcher(name).matches()
                || LIBRARIES.matcher(name).matches();
    }
}
