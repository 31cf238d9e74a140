package dev.cnilab.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes a terminal recording in <a
 * href="https://docs.asciinema.org/manual/asciicast/v2/">asciicast v2</a>, asciinema's format: a
 * header, then a line per output event.
 */
public final class Asciicast implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Writer writer;
    private final long start = System.nanoTime();
    private long pauses;

    private Asciicast(Writer writer) {
        this.writer = writer;
    }

    /**
     * Starts a recording; replaces an existing file.
     *
     * @param columns of the terminal
     * @param rows of the terminal
     */
    public static Asciicast record(Path file, int columns, int rows, String title)
            throws IOException {
        Asciicast cast = new Asciicast(Files.newBufferedWriter(file, UTF_8));
        ObjectNode header =
                JSON.createObjectNode()
                        .put("version", 2)
                        .put("width", columns)
                        .put("height", rows)
                        .put("timestamp", Instant.now().getEpochSecond())
                        .put("title", title);
        header.putObject("env").put("TERM", "xterm-256color");
        cast.line(header.toString());
        return cast;
    }

    /** Records output of the terminal at the current time; LF becomes CR LF. */
    public void output(String text) throws IOException {
        double seconds = (System.nanoTime() - start + pauses) / NANOS_PER_SECOND;
        ArrayNode event =
                JSON.createArrayNode()
                        .add(Math.round(seconds * 1e6) / 1e6)
                        .add("o")
                        .add(text.replace("\n", "\r\n"));
        line(event.toString());
    }

    /** Adds a pause to the recording, without waiting. */
    public void pause(Duration time) {
        pauses += time.toNanos();
    }

    private void line(String text) throws IOException {
        writer.write(text + "\n");
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
