package dev.cnilab.kube.tls;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A client certificate and its private key, PEM.
 *
 * @param key secret
 */
public record Credentials(String certificate, String key) {

    /**
     * Writes {@code NAME.crt} and {@code NAME.key}, readable by their owner only.
     *
     * @param directory created if absent
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
