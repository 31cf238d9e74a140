package dev.cnilab.cni;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A validated request with a network configuration: all commands but VERSION. */
public sealed interface CniRequest {

    NetworkConfig config();

    /**
     * ADD.
     *
     * @param args {@code CNI_ARGS} as keys and values
     */
    record Add(NetworkConfig config, Attachment attachment, Path netns, Map<String, String> args)
            implements CniRequest {}

    /**
     * DEL.
     *
     * @param netns where the interface was; null when the runtime no longer knows
     */
    record Del(NetworkConfig config, Attachment attachment, @Nullable Path netns)
            implements CniRequest {}

    record Check(NetworkConfig config, Attachment attachment, Path netns) implements CniRequest {}

    record Gc(NetworkConfig config) implements CniRequest {}

    record Status(NetworkConfig config) implements CniRequest {}

    /**
     * Validates a request.
     *
     * @throws CniException code 4 when variables are missing or invalid, 1 when the configuration's
     *     version does not have the command
     */
    static CniRequest of(CniCommand command, Map<String, String> environment, NetworkConfig config)
            throws CniException {
        if (!config.version().atLeast(command.since())) {
            throw new CniException(
                    CniException.Code.VERSION,
                    "cniVersion " + config.version() + " does not allow " + command,
                    command + " exists since " + command.since());
        }
        return switch (command) {
            case ADD -> {
                require(command, environment, "CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME");
                yield new Add(
                        config, attachment(environment), netns(environment), args(environment));
            }
            case DEL -> {
                require(command, environment, "CNI_CONTAINERID", "CNI_IFNAME");
                boolean known = !value(environment, "CNI_NETNS").isEmpty();
                yield new Del(config, attachment(environment), known ? netns(environment) : null);
            }
            case CHECK -> {
                require(command, environment, "CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME");
                yield new Check(config, attachment(environment), netns(environment));
            }
            case GC -> new Gc(config);
            case STATUS -> new Status(config);
            case VERSION -> throw new IllegalArgumentException("VERSION has no configuration");
        };
    }

    private static void require(
            CniCommand command, Map<String, String> environment, String... variables)
            throws CniException {
        List<String> missing = new ArrayList<>();
        for (String variable : variables) {
            if (value(environment, variable).isEmpty()) {
                missing.add(variable);
            }
        }
        if (!missing.isEmpty()) {
            throw new CniException(
                    CniException.Code.ENVIRONMENT,
                    "required environment variables missing: " + String.join(", ", missing),
                    command + " needs " + String.join(", ", variables));
        }
    }

    private static Attachment attachment(Map<String, String> environment) throws CniException {
        return Attachment.of(
                value(environment, "CNI_CONTAINERID"), value(environment, "CNI_IFNAME"));
    }

    private static Path netns(Map<String, String> environment) throws CniException {
        String text = value(environment, "CNI_NETNS");
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            throw new CniException(
                    CniException.Code.ENVIRONMENT,
                    "CNI_NETNS '" + text + "' is not an absolute path");
        }
        return Path.of(text);
    }

    private static Map<String, String> args(Map<String, String> environment) throws CniException {
        Map<String, String> args = new HashMap<>();
        for (String pair : value(environment, "CNI_ARGS").split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                args.put(pair.substring(0, equals), pair.substring(equals + 1));
            } else if (!pair.isBlank()) {
                throw new CniException(
                        CniException.Code.ENVIRONMENT,
                        "CNI_ARGS has '" + pair + "', which is not KEY=VALUE");
            }
        }
        return Map.copyOf(args);
    }

    private static String value(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "");
    }
}
