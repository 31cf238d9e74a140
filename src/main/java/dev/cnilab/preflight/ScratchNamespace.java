package dev.cnilab.preflight;

import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.util.Optional;

/** Finds out what the kernel can do by having it done, where nobody notices. */
public final class ScratchNamespace {

    /** Something to try. */
    @FunctionalInterface
    public interface Attempt {
        void in(NetNamespace namespace) throws IOException;
    }

    private ScratchNamespace() {}

    /**
     * Tries it with a network namespace that is made for it and goes with it.
     *
     * @return why it did not work; empty when it did
     * @throws IOException when there is no namespace to try it in
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
