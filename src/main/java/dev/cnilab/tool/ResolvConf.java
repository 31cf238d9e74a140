package dev.cnilab.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What resolv.conf(5) says of names.
 *
 * @param server the first nameserver
 * @param search domains to append
 * @param dots names with fewer dots are first looked up in the domains
 */
record ResolvConf(String server, List<String> search, int dots) {

    ResolvConf {
        search = List.copyOf(search);
    }

    /**
     * @throws IOException also when the file names no server
     */
    static ResolvConf read(Path file) throws IOException {
        String server = "";
        List<String> search = List.of();
        int dots = 1;
        for (String line : Files.readAllLines(file)) {
            List<String> words = List.of(line.strip().split("\\s+"));
            List<String> values = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> server = server.isEmpty() ? String.join("", values) : server;
                case "search" -> search = values;
                case "options" -> dots = dots(values, dots);
                default -> {
                    // Comments, and what does not concern names.
                }
            }
        }
        if (server.isEmpty()) {
            throw new IOException(file + " names no DNS server");
        }
        return new ResolvConf(server, search, dots);
    }

    private static int dots(List<String> options, int otherwise) {
        return options.stream()
                .filter(option -> option.matches("ndots:[0-9]{1,2}"))
                .mapToInt(option -> Integer.parseInt(option.substring("ndots:".length())))
                .findFirst()
                .orElse(otherwise);
    }

    /** Whether it has the search domains that a kubelet gives to pods, of which one is svc.ZONE. */
    boolean ofCluster() {
        return search.stream().anyMatch(domain -> domain.startsWith("svc."));
    }

    /** The names to look up in place of one, in their order. */
    List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        List<String> names = new ArrayList<>();
        search.forEach(domain -> names.add(name + "." + domain));
        names.add(name.chars().filter(c -> c == '.').count() < dots ? names.size() : 0, name);
        return names;
    }
}
