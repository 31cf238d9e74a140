package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A TUN device. Packets that the kernel routes to it are read here; packets written here enter the
 * kernel's stack through it. Each is a whole IP packet after {@link #HEADER} bytes of offload
 * information. The kernel deletes the device when its last descriptor is closed.
 *
 * <p>One thread may read while another writes.
 */
public final class TunDevice implements AutoCloseable {

    /**
     * Length of {@code struct virtio_net_hdr}, include/uapi/linux/virtio_net.h. It is zero in what
     * is read: the device offers no offload, so packets come unsegmented and with their checksums.
     */
    public static final int HEADER = 10;

    private static final Path CLONE_DEVICE = Path.of("/dev/net/tun");

    // include/uapi/linux/if_tun.h, include/uapi/linux/if.h
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final short IFF_VNET_HDR = 0x4000;
    private static final int IFREQ = 40;
    private static final int IFNAMSIZ = 16;

    /** The wait is repeated, so its length is arbitrary. */
    private static final Duration WAIT = Duration.ofHours(1);

    private final Fd fd;
    private final EventFd cancellation;

    private TunDevice(Fd fd, EventFd cancellation) {
        this.fd = fd;
        this.cancellation = cancellation;
    }

    /**
     * Creates the device in the calling thread's network namespace, down and without an address.
     *
     * @param name at most 15 bytes
     * @throws ErrnoException EBUSY when a device of that name exists or another process holds it
     */
    public static TunDevice open(String name) throws IOException {
        Fd fd = openCloneDevice();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(IFREQ, 8);
            request.setString(0, name, StandardCharsets.US_ASCII);
            short flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
            request.set(ValueLayout.JAVA_SHORT, IFNAMSIZ, flags);
            Syscall.IOCTL.call(
                    "create TUN device " + name, fd.number(), TUNSETIFF, request.address());
            return new TunDevice(fd, new EventFd());
        } catch (IOException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Waits for the next packet and writes it, after its header, to the buffer from its position
     * on.
     *
     * @param buffer direct
     * @return the length of both; -1 once {@link #stop stopped}
     * @throws ErrnoException EBADFD when the device has been deleted
     */
    public int read(ByteBuffer buffer) throws IOException {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        while (true) {
            long count = Syscall.READ.raw(fd.number(), memory.address(), memory.byteSize());
            if (count >= 0) {
                return (int) count;
            }
            if (count != -Errno.EAGAIN.number() && count != -Errno.EINTR.number()) {
                throw new ErrnoException("read from the TUN device", (int) -count);
            }
            if (cancellation.await(fd, WAIT) == EventFd.Outcome.CANCELLED) {
                return -1;
            }
        }
    }

    /**
     * Passes a packet to the kernel: its header starts at the buffer's position, it ends at the
     * limit.
     *
     * @param buffer direct
     * @return whether the kernel accepted it; it refuses bytes that are not an IP packet, and every
     *     packet while the device is down
     */
    public boolean write(ByteBuffer buffer) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        return Syscall.WRITE.raw(fd.number(), memory.address(), memory.byteSize()) >= 0;
    }

    /** Stops current and future calls of {@link #read}. */
    public void stop() throws IOException {
        cancellation.cancel();
    }

    /** Deletes the device. Only when no thread is in {@link #read}. */
    @Override
    public void close() {
        fd.close();
        cancellation.close();
    }

    private static Fd openCloneDevice() throws IOException {
        try {
            return Fd.open(CLONE_DEVICE, Fd.O_RDWR | Fd.O_NONBLOCK);
        } catch (ErrnoException e) {
            throw new IOException(
                    e.getMessage()
                            + ". A TUN device needs it: load the module (modprobe tun), and give a"
                            + " container /dev/net/tun and CAP_NET_ADMIN",
                    e);
        }
    }
}
