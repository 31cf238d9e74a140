package dev.cnilab.embedded;

import static java.lang.System.Logger.Level.WARNING;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Monitor;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Writes every change of a node's network to a file, with its time: {@code ip -ts monitor all}. */
final class StartupRecorder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StartupRecorder.class.getName());

    /** The format of {@code ip -ts}, in local time. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'['yyyy-MM-dd'T'HH:mm:ss.SSSSSS']'")
                    .withZone(ZoneId.systemDefault());

    private final Monitor monitor;
    private final Thread thread;

    private StartupRecorder(Monitor monitor, Writer file) {
        this.monitor = monitor;
        this.thread =
                Thread.ofPlatform().daemon().name("startup-recorder").start(() -> record(file));
    }

    static StartupRecorder start(NetNamespace node, Path file) throws IOException {
        Files.createDirectories(file.resolveSibling(".").normalize());
        Writer writer =
                Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new StartupRecorder(Monitor.open(node), writer);
    }

    private void record(Writer file) {
        MonitorLine lines = new MonitorLine();
        try (file) {
            while (monitor.isOpen()) {
                var event = monitor.next(Duration.ofSeconds(1));
                if (event.isPresent()) {
                    file.write(TIME.format(Instant.now()) + " " + lines.of(event.get()) + "\n");
                    file.flush();
                }
            }
        } catch (IOException e) {
            LOG.log(WARNING, "the startup recorder stopped", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        monitor.close();
        thread.join(Duration.ofSeconds(1));
    }
}
