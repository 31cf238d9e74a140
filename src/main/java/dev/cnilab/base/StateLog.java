package dev.cnilab.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * An owner-only file of lines, each on disk before {@link #add} returns. The first line is the
 * format version. A last line that a crash truncated is ignored, and overwritten by the next one.
 * Only one process may write it at a time.
 */
public record StateLog(Path path, StateFormat format) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public boolean exists() {
        return Files.exists(path);
    }

    /** Creates the file without lines if it does not exist. */
    public void create() throws IOException {
        if (!exists()) {
            append("");
        }
    }

    /**
     * Appends a line.
     *
     * @param line without a line feed
     * @throws Failure {@code state-format}, if this version of lab does not read the file's version
     */
    public void add(String line) throws IOException {
        append(line + "\n");
    }

    /**
     * Reads the lines, oldest first; none if the file does not exist.
     *
     * @throws Failure {@code state-format}, if this version of lab does not read the file's version
     */
    public List<String> lines() throws IOException {
        List<String> lines = text(bytes()).lines().toList();
        JsonNode first = lines.isEmpty() ? MissingNode.getInstance() : json(lines.getFirst());
        format.require(first, path);
        return StateFormat.isMarked(first) ? lines.subList(1, lines.size()) : lines;
    }

    /** Deletes the file. Repeatable. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private void append(String text) throws IOException {
        lines();
        int whole = whole(bytes());
        String begin = whole == 0 ? format.mark(JsonNodeFactory.instance.objectNode()) + "\n" : "";
        ByteBuffer bytes = ByteBuffer.wrap((begin + text).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            channel.truncate(whole).position(whole);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    private byte[] bytes() throws IOException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, 0, whole(bytes), StandardCharsets.UTF_8);
    }

    /** The length of the complete lines. */
    private static int whole(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        return length;
    }

    /** Lines of version 1 need not be JSON. */
    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
