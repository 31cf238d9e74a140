package dev.cnilab.cni.backend;

import dev.cnilab.host.RawIpSocket;
import dev.cnilab.host.TunDevice;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Forwards packets between a TUN device and the other nodes, with one thread per direction. It runs
 * until it is closed or the device is deleted.
 */
final class PacketPump implements AutoCloseable {

    /** The largest IPv4 packet: RFC 791's 16-bit total length. */
    private static final int MAX_PACKET = 65535;

    /** Holds a burst of full-size segments in each direction; the kernel drops the excess. */
    private static final int SOCKET_BUFFER = 4 << 20;

    private final TunDevice tun;
    private final RawIpSocket wire;
    private final Ipv4Address local;
    private final Supplier<Peers> peers;
    private final Thread outward;
    private final Thread inward;

    private PacketPump(
            String device,
            TunDevice tun,
            RawIpSocket wire,
            Ipv4Address local,
            Supplier<Peers> peers) {
        this.tun = tun;
        this.wire = wire;
        this.local = local;
        this.peers = peers;
        outward = thread(device + "-tx", this::encapsulateAll);
        inward = thread(device + "-rx", this::decapsulateAll);
    }

    /**
     * Creates the device in the calling thread's network namespace and starts.
     *
     * @param local the outer source address of sent packets, and the destination of received ones
     * @param peers called for every packet
     */
    static PacketPump start(String device, Ipv4Address local, Supplier<Peers> peers)
            throws IOException {
        RawIpSocket wire = RawIpSocket.open(Encapsulation.PROTOCOL, local, SOCKET_BUFFER);
        try {
            TunDevice tun = TunDevice.open(device);
            PacketPump pump = new PacketPump(device, tun, wire, local, peers);
            pump.outward.start();
            pump.inward.start();
            return pump;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    Ipv4Address local() {
        return local;
    }

    boolean alive() {
        return outward.isAlive() && inward.isAlive();
    }

    /** Deletes the device. */
    @Override
    public void close() throws IOException {
        tun.stop();
        wire.stop();
        try {
            outward.join();
            inward.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while stopping the tunnel");
        }
        tun.close();
        wire.close();
    }

    private void encapsulateAll() {
        Encapsulation encapsulation =
                new Encapsulation(local, ThreadLocalRandom.current().nextInt());
        ByteBuffer packet = ByteBuffer.allocateDirect(Encapsulation.HEADER + MAX_PACKET);
        try {
            int start = Encapsulation.HEADER - TunDevice.HEADER;
            packet.position(start);
            for (int length = tun.read(packet); length >= 0; length = tun.read(packet)) {
                packet.limit(start + length).position(Encapsulation.HEADER);
                int node = encapsulation.encapsulate(packet, peers.get());
                if (node != Peers.NONE) {
                    wire.send(packet, node);
                }
                packet.clear().position(start);
            }
        } catch (IOException deviceDeleted) {
            // The reconciler detects that this thread has ended, and recreates the device.
        }
    }

    private void decapsulateAll() {
        ByteBuffer packet = ByteBuffer.allocateDirect(MAX_PACKET);
        try {
            for (int length = wire.receive(packet); length >= 0; length = wire.receive(packet)) {
                packet.limit(length);
                Peers now = peers.get();
                if (Encapsulation.decapsulate(packet, now)) {
                    // The offload header overwrites the end of the outer header, which is longer.
                    ReceiveOffload.describe(packet, now.mtu());
                    tun.write(packet);
                }
                packet.clear();
            }
        } catch (IOException socketFailed) {
            // The reconciler recreates the device, as above.
        }
    }

    private static Thread thread(String name, Runnable loop) {
        return Thread.ofPlatform().daemon().name(name).unstarted(loop);
    }
}
