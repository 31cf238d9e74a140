package dev.cnilab.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.render.TerminalText;
import dev.cnilab.net.packet.CaptureFilter;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.FrameText;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.net.pcap.CaptureFormatException;
import dev.cnilab.net.pcap.CaptureReader;
import dev.cnilab.trace.view.FrameJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "decode",
        description = "Prints the packets of any pcap or pcapng file.",
        footer = {
            "",
            "A damaged file is read up to the damage; the exit code is then 1.",
            "Example: lab decode tunnel.pcap ip proto 4"
        })
final class DecodeCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file, or - for stdin.")
    String file = "";

    @Parameters(
            index = "1..*",
            paramLabel = "FILTER",
            description = "Only packets that match, in tcpdump's syntax.")
    List<String> filter = List.of();

    @Mixin OutputOption output = new OutputOption();

    DecodeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        CaptureFilter chosen = CaptureCommand.filter(filter);
        try (InputStream in = open();
                CaptureReader reader = new CaptureReader(in)) {
            return output.json() ? json(reader, chosen) : text(reader, chosen);
        } catch (CaptureFormatException e) {
            // Caused by its first bytes.
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no-capture-file",
                    file + " is not a capture file",
                    String.valueOf(e.getMessage()),
                    "supported formats: pcap and pcapng");
        }
    }

    private InputStream open() throws IOException {
        if (file.equals("-")) {
            return System.in;
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new Failure(Failure.Kind.USAGE, "no-such-file", "no such file: " + file, "", "");
        }
        return new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    }

    private int text(CaptureReader reader, CaptureFilter chosen) throws IOException {
        PrintStream out = context.console().out();
        return each(
                reader,
                frame -> {
                    Packet packet = frame.decode();
                    if (chosen.matches(packet)) {
                        String line = FrameText.of(frame, frame.interfaceName(), packet);
                        out.println(TerminalText.line(line));
                    }
                });
    }

    /** Writes an array while reading, since a capture may not fit into memory. */
    private int json(CaptureReader reader, CaptureFilter chosen) throws IOException {
        PrintStream out = context.console().out();
        ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
        AtomicReference<String> separator = new AtomicReference<>("[ ");
        int code =
                each(
                        reader,
                        frame -> {
                            if (chosen.matches(frame.decode())) {
                                String json = writer.writeValueAsString(FrameJson.of(frame));
                                out.print(separator.getAndSet(", ") + json);
                            }
                        });
        out.println(separator.get().equals("[ ") ? "[ ]" : " ]");
        return code;
    }

    /** Handles a frame. */
    @FunctionalInterface
    private interface Action {
        void on(Frame frame) throws IOException;
    }

    private int each(CaptureReader reader, Action action) throws IOException {
        while (true) {
            Optional<Frame> frame;
            try {
                frame = reader.next();
            } catch (CaptureFormatException e) {
                context.console().out().flush();
                context.console().err().println("damaged: " + e.getMessage());
                return ExitCode.VERIFICATION_FAILED.number();
            }
            if (frame.isEmpty() || context.console().out().checkError()) {
                return ExitCode.OK.number();
            }
            action.on(frame.get());
        }
    }
}
