package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.Downloads;
import dev.cnilab.spec.CniSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** The reference plugin {@code bridge}, which flannel requires and kind's nodes lack. */
final class BridgePlugin {

    static final String NAME = "bridge";

    private static final String VERSION = "v1.1.1";

    // From the release's .sha256 files.
    private static final String AMD64_SHA256 =
            "b275772da4026d2161bf8a8b41ed4786754c8a93ebfb6564006d5da7f23831e5";
    private static final String ARM64_SHA256 =
            "16484966a46b4692028ba32d16afd994e079dc2cc63fbc2191d7bfaf5e11f3dd";

    /** The block size of tar archives (POSIX.1-1988, "ustar"). */
    private static final int BLOCK = 512;

    private BridgePlugin() {}

    /**
     * The program's content.
     *
     * @throws Failure if it is not at the spec's path, or cannot be downloaded
     */
    static byte[] program(CniSpec.Flannel cni, Downloads downloads, Consumer<String> progress)
            throws IOException {
        if (cni.bridge().isEmpty()) {
            Path archive = downloads.get(release(), progress);
            try (InputStream files = new GZIPInputStream(Files.newInputStream(archive))) {
                return file(files, archive);
            }
        }
        Path file = cni.bridge().get();
        if (!Files.isExecutable(file) || Files.isDirectory(file)) {
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    "no-bridge-plugin",
                    "the plugin bridge is missing",
                    file + (Files.exists(file) ? " is not a program" : " does not exist"),
                    "install containernetworking-plugins, or remove cni.bridge to download it");
        }
        return Files.readAllBytes(file);
    }

    private static Downloads.Source release() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String name = "cni-plugins-linux-%s-%s.tgz".formatted(arm ? "arm64" : "amd64", VERSION);
        return new Downloads.Source(
                name,
                URI.create(
                        "https://github.com/containernetworking/plugins/releases/download/"
                                + VERSION
                                + "/"
                                + name),
                arm ? ARM64_SHA256 : AMD64_SHA256);
    }

    private static byte[] file(InputStream tar, Path archive) throws IOException {
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                throw new IOException(archive + " has no plugin " + NAME);
            }
            long size = Long.parseLong(text(header, 124, 12).strip(), 8);
            if (text(header, 0, 100).equals("./" + NAME)) {
                return tar.readNBytes(Math.toIntExact(size));
            }
            tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
        }
    }

    private static String text(byte[] header, int offset, int length) {
        String field = new String(header, offset, length, StandardCharsets.US_ASCII);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
