package dev.cnilab.preflight;

import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.util.Optional;

/** Tests the kernel's features by using them in a temporary network namespace. */
public final class ScratchNamespace {

    /** An operation to test. */
    @FunctionalInterface
    public interface Attempt {
        void in(NetNamespace namespace) throws IOException;
    }

    private ScratchNamespace() {}

    /**
     * Runs the operation in a temporary network namespace.
     *
     * @return why it failed; empty when it succeeded
     * @throws IOException when no namespace can be created
     */
    public static Optional<String> refusal(Attempt attempt) throws IOException {
        return NetNamespace.withUnnamed(namespace -> {
            try {
                attempt.in(namespace);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }
}
