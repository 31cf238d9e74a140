package dev.cnilab.cni.backend;

import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs steps, continues after a failure and collects all failures. */
final class ErrorCollector {

    private @Nullable IOException first;

    void collect(NetNamespace.Action attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    void throwIfAny() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}
