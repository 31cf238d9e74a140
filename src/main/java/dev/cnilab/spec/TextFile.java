package dev.cnilab.spec;

import dev.cnilab.spec.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads text files written by users, with a limit on their size. */
final class TextFile {

    private TextFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException whose message is the reason in one line
     */
    static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("is a directory");
        }
        // Pipes have no size, so it is checked again while reading.
        if (Files.isRegularFile(file) && Files.size(file) > YamlDocument.LARGEST) {
            throw tooLarge();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(YamlDocument.LARGEST + 1);
            if (bytes.length > YamlDocument.LARGEST) {
                throw tooLarge();
            }
            return decode(bytes);
        } catch (NoSuchFileException e) {
            throw new IOException("no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("permission denied", e);
        }
    }

    static String decode(byte[] bytes) throws IOException {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw new IOException("is a binary file: octet " + i + " is zero");
            }
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("is not text in UTF-8", e);
        }
    }

    private static IOException tooLarge() {
        return new IOException(
                "is larger than " + (YamlDocument.LARGEST >> 20) + " MiB, more than any lab needs");
    }
}
