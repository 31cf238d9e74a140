package dev.cnilab.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MonitorTest {

    @Test
    void reportsDroppedEvents() throws IOException {
        Transport overrun =
                new Transport() {
                    @Override
                    public int port() {
                        return 0;
                    }

                    @Override
                    public void send(byte[] datagram) {
                        throw new UnsupportedOperationException("a monitor sends no requests");
                    }

                    @Override
                    public byte[] receive() throws IOException {
                        throw new ErrnoException("recvfrom", Errno.ENOBUFS.number());
                    }

                    @Override
                    public void close() {}
                };
        try (Monitor monitor = Monitor.over(overrun)) {
            assertThat(monitor.next(Duration.ofSeconds(1))).contains(new Event.Overrun());
        }
    }
}
