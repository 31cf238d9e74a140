package dev.cnilab.spec;

import java.io.IOException;
import java.util.Optional;

/** Reads any bytes as a lab file, a walkthrough and manifests. */
public final class SpecFuzz {

    private SpecFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        String text;
        try {
            text = TextFile.decode(data);
        } catch (IOException e) {
            return;
        }
        try {
            SpecLoader.load(new LabSource("fuzz", text, Optional.empty()));
        } catch (SpecException e) {
            // Not a lab.
        }
        try {
            WalkthroughLoader.read("fuzz", text);
        } catch (SpecException e) {
            // Not a walkthrough.
        }
        try {
            Manifests.objects(text);
        } catch (IllegalArgumentException e) {
            // Not manifests.
        }
    }
}
