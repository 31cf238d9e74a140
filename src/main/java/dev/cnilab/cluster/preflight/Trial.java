package dev.cnilab.cluster.preflight;

import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.util.Optional;

/** Finds out what the kernel can do by having it done, where nobody notices. */
final class Trial {

    /** Something to try. */
    @FunctionalInterface
    interface Attempt {
        void in(NetNamespace namespace) throws IOException;
    }

    private Trial() {}

    /**
     * Tries it with a network namespace that is made for it and goes with it.
     *
     * @return why it did not work; empty when it did
     * @throws IOException when there is no namespace to try it in
     */
    static Optional<String> refusal(Attempt attempt) throws IOException {
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
