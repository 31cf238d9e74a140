package dev.cnilab.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The bundled style sheets and scripts, in {@code /graph}. */
public final class Resource {

    private Resource() {}

    public static String text(String name) {
        try (InputStream file =
                Objects.requireNonNull(Resource.class.getResourceAsStream("/graph/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
