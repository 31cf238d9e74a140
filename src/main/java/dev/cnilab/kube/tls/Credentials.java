package dev.cnilab.kube.tls;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a client shows in place of a token, PEM.
 *
 * @param key a secret
 */
public record Credentials(String certificate, String key) {

    /**
     * Writes {@code NAME.crt} and {@code NAME.key}, readable to their owner only.
     *
     * @param directory made where it is missing
     */
    public void write(Path directory, String name) throws IOException {
        OwnerOnly.write(directory.resolve(name + ".key"), key);
        OwnerOnly.write(directory.resolve(name + ".crt"), certificate);
    }

    @Override
    public String toString() {
        return "Credentials[key hidden]";
    }
}
