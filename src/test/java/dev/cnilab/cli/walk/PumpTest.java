package dev.cnilab.cli.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.EndedCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.api.Test;

class PumpTest {

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** A stream that delivers late, as on a busy machine. */
    private static InputStream late(String text) {
        return new FilterInputStream(text(text)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.read(buffer, offset, length);
            }
        };
    }

    @Test
    void lastStderrFollowsTheOutput() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Pump.run(new EndedCommand(late("a packet\n"), text("1 packet captured\n")), shown);

        assertThat(shown.toString(UTF_8)).isEqualTo("a packet\n1 packet captured\n");
    }

    /** stdout ends only after stderr was read: it must not be waited for. */
    @Test
    void firstStderrIsNotDelayed() throws Exception {
        try (PipedOutputStream packets = new PipedOutputStream()) {
            ByteArrayOutputStream shown =
                    new ByteArrayOutputStream() {
                        @Override
                        public void flush() throws IOException {
                            if (toString(UTF_8).equals("listening\n")) {
                                packets.write("a packet\n".getBytes(UTF_8));
                                packets.close();
                            }
                        }
                    };
            Pump.run(new EndedCommand(new PipedInputStream(packets), text("listening\n")), shown);

            assertThat(shown.toString(UTF_8)).isEqualTo("listening\na packet\n");
        }
    }
}
