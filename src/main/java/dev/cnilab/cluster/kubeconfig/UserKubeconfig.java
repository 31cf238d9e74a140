package dev.cnilab.cluster.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.AtomicFile;
import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import dev.cnilab.spec.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lab's entries in the user's kubeconfig: cluster, user and context, all named {@code lab-NAME}.
 *
 * @param lab its name
 * @param record file with the path of that kubeconfig; exists while it has the entries
 */
public record UserKubeconfig(String lab, Path record) {

    private static final List<String> LISTS = List.of("clusters", "users", "contexts");
    private static final String CURRENT = "current-context";

    /**
     * @param folder the lab's state directory
     */
    public static UserKubeconfig of(String lab, Path folder) {
        return new UserKubeconfig(lab, folder.resolve("merged-kubeconfig"));
    }

    /**
     * The file that kubectl writes a new context to: the first existing file of KUBECONFIG, else
     * its last; without the variable, ~/.kube/config.
     */
    public static Path file(Map<String, String> environment) {
        List<Path> files =
                Stream.of(environment.getOrDefault("KUBECONFIG", "").split(":"))
                        .filter(file -> !file.isEmpty())
                        .map(file -> Path.of(file).toAbsolutePath())
                        .toList();
        return files.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", "/root"), ".kube", "config")
                : files.stream().filter(Files::exists).findFirst().orElse(files.getLast());
    }

    /** The name of the lab's context. */
    public String context() {
        return "lab-" + lab;
    }

    /**
     * Adds the lab's cluster, user and context to a file; repeatable.
     *
     * @param own the lab's kubeconfig
     * @throws Failure if the file has other entries of that name
     */
    public void merge(Path own, Path file) throws IOException {
        ObjectNode from = new KubeconfigFile(own).read();
        Optional<Path> before = merged();
        if (before.isPresent() && !before.get().equals(file)) {
            unmerge();
        }
        boolean ours = before.isPresent() && before.get().equals(file);
        new KubeconfigFile(file)
                .change(config -> {
                    if (!ours) {
                        requireFree(config, file);
                        // First, so that the entries are found after a crash.
                        AtomicFile.ownerOnly(record).write(file.toString());
                    }
                    remove(config);
                    add(from, config);
                });
    }

    /** Removes the entries; repeatable. */
    public void unmerge() throws IOException {
        Optional<Path> file = merged();
        if (file.isPresent()) {
            if (Files.exists(file.get())) {
                new KubeconfigFile(file.get()).change(this::remove);
            }
            Files.delete(record);
        }
    }

    private Optional<Path> merged() throws IOException {
        return Files.exists(record)
                ? Optional.of(Path.of(Files.readString(record)))
                : Optional.empty();
    }

    private void requireFree(ObjectNode config, Path file) throws Failure {
        List<String> taken =
                LISTS.stream().filter(list -> find(config, list, context()).isPresent()).toList();
        if (!taken.isEmpty()) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "kubeconfig-name-taken",
                    file + " has " + context() + " already, which is not this lab's",
                    "found in " + String.join(", ", taken),
                    Remedy.type(
                                    taken.stream()
                                            .map(list -> delete(list, file))
                                            .toArray(String[]::new))
                            .with("or bring the lab up with another --name"));
        }
    }

    /** The command that deletes the lab's entry of a list. */
    private String delete(String list, Path file) {
        String entry = list.substring(0, list.length() - 1);
        return ShellWords.join(
                List.of(
                        "kubectl",
                        "config",
                        "--kubeconfig",
                        file.toString(),
                        "delete-" + entry,
                        context()));
    }

    /** Adds the current context's cluster and user under the lab's name. */
    private void add(ObjectNode from, ObjectNode config) throws IOException {
        JsonNode context =
                find(from, "contexts", from.path(CURRENT).asText())
                        .orElseThrow(() -> new IOException("the lab's kubeconfig has no context"))
                        .path("context");
        entry(config, "clusters")
                .set(
                        "cluster",
                        named(from, "clusters", context.path("cluster").asText()).path("cluster"));
        entry(config, "users")
                .set("user", named(from, "users", context.path("user").asText()).path("user"));
        entry(config, "contexts")
                .putObject("context")
                .put("cluster", context())
                .put("user", context());
        if (config.path(CURRENT).asText().isEmpty()) {
            config.put(CURRENT, context());
        }
    }

    private ObjectNode entry(ObjectNode config, String list) {
        return config.withArray(list).addObject().put("name", context());
    }

    private void remove(ObjectNode config) {
        for (String list : LISTS) {
            Iterator<JsonNode> entries = config.path(list).iterator();
            while (entries.hasNext()) {
                if (entries.next().path("name").asText().equals(context())) {
                    entries.remove();
                }
            }
        }
        if (config.path(CURRENT).asText().equals(context())) {
            config.put(CURRENT, "");
        }
    }

    private static JsonNode named(ObjectNode config, String list, String name) throws IOException {
        return find(config, list, name)
                .orElseThrow(() ->
                        new IOException("the lab's kubeconfig has no " + name + " in " + list));
    }

    private static Optional<JsonNode> find(ObjectNode config, String list, String name) {
        for (JsonNode entry : config.path(list)) {
            if (entry.path("name").asText().equals(name)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
