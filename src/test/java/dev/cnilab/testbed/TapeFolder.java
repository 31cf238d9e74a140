package dev.cnilab.testbed;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.evidence.tape.RecordedQuery;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.evidence.tape.TapeJson;
import dev.cnilab.host.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tape among the test resources: what a real lab answered, as {@code lab report} keeps it. {@code
 * tape.json} holds the answers, the captures are files next to it.
 */
public record TapeFolder(Path path) {

    /** Whether tests on real labs record their tapes again. */
    public static final boolean RECORDING = Boolean.getBoolean("lab.tapes.write");

    /** The name of a lab that is recorded. */
    public static final String LAB = "taped";

    private static final Path RESOURCES = Path.of("src/test/resources/dev/cnilab");
    private static final String DOCUMENT = "tape.json";

    /** Type and length of a block, and the type of statistics: draft-ietf-opsawg-pcapng. */
    private static final int BLOCK_HEADER = 8;

    private static final int INTERFACE_STATISTICS = 5;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param room of the tests that read it: {@code trace/run}
     */
    public static TapeFolder of(String room, String name) {
        return new TapeFolder(RESOURCES.resolve(room).resolve(name));
    }

    /**
     * Replaces what the folder holds.
     *
     * @param document what else is to be known of the tape, which is added to it
     */
    public void write(ObjectNode document, Tape tape) throws IOException {
        FileTree.delete(path);
        Files.createDirectories(path);
        document.set("tape", TapeJson.write(withoutRepeats(tape), this::keep));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        Files.writeString(
                path.resolve(DOCUMENT), JSON.writer(printer).writeValueAsString(document));
    }

    private String keep(RecordedQuery question, byte[] stdout) throws IOException {
        String place = question.at().orElseThrow().name();
        String device = question.argv().get(question.argv().indexOf("-i") + 1);
        String name = place + "-" + device + ".pcapng";
        Files.write(path.resolve(name), frames(stdout));
        return name;
    }

    /** A pcapng file without its statistics, and without a last block that was cut. */
    private static byte[] frames(byte[] pcapng) {
        ByteBuffer blocks = ByteBuffer.wrap(pcapng).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        while (blocks.remaining() >= BLOCK_HEADER) {
            int start = blocks.position();
            int type = blocks.getInt(start);
            int length = blocks.getInt(start + Integer.BYTES);
            if (length > blocks.remaining()) {
                break;
            }
            if (type != INTERFACE_STATISTICS) {
                kept.write(pcapng, start, length);
            }
            blocks.position(start + length);
        }
        return kept.toByteArray();
    }

    /** The last answer to a question is given again and again: its repetitions say nothing. */
    private static Tape withoutRepeats(Tape tape) {
        Map<RecordedQuery, List<Tape.Entry>> entries = new LinkedHashMap<>();
        for (Tape.Entry entry : tape.entries()) {
            entries.computeIfAbsent(entry.question(), _ -> new ArrayList<>()).add(entry);
        }
        for (List<Tape.Entry> each : entries.values()) {
            while (each.size() > 1 && each.getLast().equals(each.get(each.size() - 2))) {
                each.removeLast();
            }
        }
        return new Tape(entries.values().stream().flatMap(List::stream).toList());
    }

    public JsonNode document() throws IOException {
        return JSON.readTree(path.resolve(DOCUMENT).toFile());
    }

    public Tape tape() throws IOException {
        return TapeJson.read(
                document().path("tape"), file -> Files.readAllBytes(path.resolve(file)));
    }
}
