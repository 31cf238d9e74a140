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
 * A TUN device: what the kernel routes to it is read here, what is written here arrives from it.
 * Whole IP packets, each behind {@link #HEADER} bytes that say what is left to do with it. The
 * device goes with its last descriptor.
 *
 * <p>One thread may read while another writes.
 */
public final class TunDevice implements AutoCloseable {

    /**
     * Length of {@code struct virtio_net_hdr}, include/uapi/linux/virtio_net.h. It is zero in what
     * is read: the device offers no offload, so packets come whole and summed.
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

    /** Any time will do: an end of the wait begins the next. */
    private static final Duration WAIT = Duration.ofHours(1);

    private final Fd fd;
    private final EventFd wakeUp;

    private TunDevice(Fd fd, EventFd wakeUp) {
        this.fd = fd;
        this.wakeUp = wakeUp;
    }

    /**
     * Makes the device in the calling thread's network namespace; it is down and has no address.
     *
     * @param name at most 15 bytes
     * @throws ErrnoException EBUSY when a device of the name exists or another process holds it
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
     * Waits for the next packet and puts it, behind its header, from the buffer's position on.
     *
     * @param buffer direct
     * @return their length; -1 once {@link #stop stopped}
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
            if (wakeUp.await(fd, WAIT) == EventFd.Outcome.CALLED_OFF) {
                return -1;
            }
        }
    }

    /**
     * Hands a packet, from its header at the buffer's position to the limit, to the kernel.
     *
     * @param buffer direct
     * @return whether the kernel took it; it refuses what is no IP packet, and all while the device
     *     is down
     */
    public boolean write(ByteBuffer buffer) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer);
        return Syscall.WRITE.raw(fd.number(), memory.address(), memory.byteSize()) >= 0;
    }

    /** Ends the reads of now and later. */
    public void stop() throws IOException {
        wakeUp.callOff();
    }

    /** Deletes the device. Only when no thread is in {@link #read} any more. */
    @Override
    public void close() {
        fd.close();
        wakeUp.close();
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
