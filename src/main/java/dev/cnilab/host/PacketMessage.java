package dev.cnilab.host;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Optional;

/** The buffers that recvmsg(2) fills for a packet socket: frame, sender's address, time stamp. */
final class PacketMessage implements AutoCloseable {

    // include/linux/socket.h, include/uapi/linux/if_packet.h
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_TIMESTAMPNS = 35;
    private static final int PACKET_OUTGOING = 4;

    private static final int ADDRESS = 32;
    private static final int CONTROL = 256;
    private static final int CONTROL_HEADER = 16;

    // Offsets in struct msghdr and struct sockaddr_ll, 64 bit.
    private static final int MSG_CONTROL_LENGTH = 40;
    private static final int SLL_PACKET_TYPE = 10;

    private final String interfaceName;
    private final LinkType linkType;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame;
    private final MemorySegment address = arena.allocate(ADDRESS, 8);
    private final MemorySegment control = arena.allocate(CONTROL, 8);
    private final MemorySegment header = arena.allocate(56, 8);

    PacketMessage(String interfaceName, LinkType linkType, int snapLength) {
        this.interfaceName = interfaceName;
        this.linkType = linkType;
        frame = arena.allocate(snapLength, 64);
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(JAVA_LONG, 0, frame.address());
        vector.set(JAVA_LONG, 8, frame.byteSize());
        header.set(JAVA_LONG, 0, address.address());
        header.set(JAVA_INT, 8, ADDRESS);
        header.set(JAVA_LONG, 16, vector.address());
        header.set(JAVA_LONG, 24, 1);
        header.set(JAVA_LONG, 32, control.address());
    }

    /**
     * Receives one frame.
     *
     * @return empty when none is queued
     * @throws ErrnoException ENETDOWN once the interface went down
     */
    Optional<Frame> receive(Fd socket) throws IOException {
        header.set(JAVA_INT, 8, ADDRESS);
        header.set(JAVA_LONG, MSG_CONTROL_LENGTH, CONTROL);
        long length =
                Syscall.RECVMSG.raw(socket.number(), header.address(), MSG_DONTWAIT | MSG_TRUNC);
        if (length == -Errno.EAGAIN.number() || length == -Errno.EINTR.number()) {
            return Optional.empty();
        } else if (length < 0) {
            throw new ErrnoException("receive a frame", (int) -length);
        }
        byte[] bytes = new byte[(int) Math.min(length, frame.byteSize())];
        MemorySegment.copy(frame, JAVA_BYTE, 0, bytes, 0, bytes.length);
        Frame.Direction direction =
                address.get(JAVA_BYTE, SLL_PACKET_TYPE) == PACKET_OUTGOING
                        ? Frame.Direction.OUT
                        : Frame.Direction.IN;
        return Optional.of(
                new Frame(time(), interfaceName, linkType, direction, (int) length, bytes));
    }

    @Override
    public void close() {
        arena.close();
    }

    /**
     * Returns the kernel's time stamp from the control messages ({@code struct cmsghdr}); the
     * current time when there is none.
     */
    private Instant time() {
        long end = header.get(JAVA_LONG, MSG_CONTROL_LENGTH);
        for (long at = 0; at + CONTROL_HEADER <= end; ) {
            long length = control.get(JAVA_LONG, at);
            if (control.get(JAVA_INT, at + 8) == SOL_SOCKET
                    && control.get(JAVA_INT, at + 12) == SCM_TIMESTAMPNS) {
                return Instant.ofEpochSecond(
                        control.get(JAVA_LONG, at + CONTROL_HEADER),
                        control.get(JAVA_LONG, at + CONTROL_HEADER + 8));
            }
            at += Math.max(CONTROL_HEADER, length + 7 & ~7L);
        }
        return Instant.now();
    }
}
