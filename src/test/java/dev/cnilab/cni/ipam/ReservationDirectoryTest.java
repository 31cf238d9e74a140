package dev.cnilab.cni.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReservationDirectoryTest {

    private static final Reservation ONE =
            new Reservation(
                    Ipv4Address.parse("10.244.1.2"),
                    new Attachment("c1", "eth0"),
                    "/run/netns/c1",
                    List.of(PortMapping.parse("UDP 0.0.0.0 53 5353")));

    @TempDir Path directory;
    private ReservationDirectory open;

    @BeforeEach
    void open() throws IOException {
        open = ReservationDirectory.open(directory, new ReentrantLock());
    }

    @AfterEach
    void close() throws IOException {
        open.close();
    }

    @Test
    void storesReservations() throws Exception {
        open.put(ONE);

        assertThat(open.all()).containsExactly(ONE);
        assertThat(open.last()).isEqualTo(ONE.address());
        assertThat(directory.resolve("10.244.1.2"))
                .hasContent("c1\r\neth0\r\n/run/netns/c1\r\nUDP 0.0.0.0 53 5353\r\n");
    }

    @Test
    void neverReplacesAReservation() throws Exception {
        open.put(ONE);
        Reservation second =
                new Reservation(ONE.address(), new Attachment("c2", "eth0"), "", List.of());

        assertThatThrownBy(() -> open.put(second)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(open.all()).containsExactly(ONE);
    }

    @Test
    void anEmptyFileIsAFreeAddress() throws Exception {
        Files.createFile(directory.resolve("10.244.1.2"));

        assertThat(open.all()).isEmpty();
        open.put(ONE);
        assertThat(open.all()).containsExactly(ONE);
    }

    @Test
    void ignoresFilesOfAKilledWriter() throws Exception {
        Files.writeString(directory.resolve(".10.244.1.2.new"), "half a reserv");

        open.put(ONE);

        assertThat(open.all()).containsExactly(ONE);
        assertThat(directory.resolve(".10.244.1.2.new")).doesNotExist();
    }

    @Test
    void parsesHostLocalsAndDamagedFiles() throws Exception {
        Files.writeString(directory.resolve("10.244.1.7"), "c7\r\neth0");
        Files.writeString(directory.resolve("10.244.1.8"), "c8\r\neth0\r\n\r\nTCP 0.0.0.0 x");
        Files.writeString(directory.resolve("not.an.ip.address"), "x");
        Files.writeString(directory.resolve("last_reserved_ip.0"), "rubbish");

        assertThat(open.all())
                .extracting(reservation -> reservation.attachment().containerId())
                .containsExactlyInAnyOrder("c7", "c8");
        assertThat(open.last()).isNull();
    }

    @Test
    void removingAgainDoesNothing() throws Exception {
        open.put(ONE);
        open.remove(ONE.address());
        open.remove(ONE.address());

        assertThat(open.all()).isEmpty();
        assertThat(open.last()).isEqualTo(ONE.address());
    }

    @Test
    void isReadableByTheOwnerOnly() throws Exception {
        Path fresh = directory.resolve("network");
        ReservationDirectory.open(fresh, new ReentrantLock()).close();

        assertThat(Files.getPosixFilePermissions(fresh)).hasSize(3);
    }
}
