package dev.cnilab.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlineInputTest {
    /** Ten seconds' worth, after which the stream ends instead of the deadline. */
    private static final int MOST_DROPS = 500;

    private int drops;
    private Socket client;
    private Socket server;

    @BeforeEach
    void open() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client = new Socket(listener.getInetAddress(), listener.getLocalPort());
            server = listener.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    /** A time-out per read would be met by each byte. */
    @Test
    void endsThoughByteAfterByteComes() throws IOException {
        DeadlineInput in = new DeadlineInput(server);
        try (ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> drip =
                    dripping.scheduleAtFixedRate(this::drip, 0, 20, TimeUnit.MILLISECONDS);
            in.within(Duration.ofMillis(300));
            assertThatThrownBy(() -> in.readNBytes(Integer.MAX_VALUE))
                    .isInstanceOf(SocketTimeoutException.class);
            drip.cancel(false);
        }
    }

    private void drip() {
        try {
            client.getOutputStream().write('x');
            if (++drops == MOST_DROPS) {
                client.shutdownOutput();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void awaitsAByteAndLeavesItThere() throws IOException {
        DeadlineInput in = new DeadlineInput(server);
        in.within(Duration.ofSeconds(30));
        client.getOutputStream().write('x');
        assertThat(in.await()).isTrue();
        assertThat(in.read()).isEqualTo('x');
        client.close();
        assertThat(in.await()).isFalse();
    }
}
