package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import dev.cnilab.host.NetNamespace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks the kernel and waits for its answer, one request at a time. It serves the network namespace
 * that it was opened in for ever, whichever thread uses it.
 *
 * <p>Every failure is a {@link NetlinkException}.
 */
public final class Connection implements AutoCloseable {

    /** The kernel answers at once, unless another process holds its lock. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A table that changes all the time is not waited for. */
    private static final int DUMP_ATTEMPTS = 20;

    private final Transport transport;
    private int sequence = ThreadLocalRandom.current().nextInt() & 0x3fffffff | 1;

    Connection(Transport transport) {
        this.transport = transport;
    }

    /** For links, addresses, routes and neighbours of the calling thread's namespace. */
    public static Connection open() throws IOException {
        return open(Protocol.ROUTE);
    }

    /** In the calling thread's namespace. */
    public static Connection open(Protocol protocol) throws IOException {
        return new Connection(NetlinkSocket.open(protocol, 0, TIMEOUT));
    }

    /** For links, addresses, routes and neighbours of that namespace. */
    public static Connection open(NetNamespace namespace) throws IOException {
        return open(namespace, Protocol.ROUTE);
    }

    public static Connection open(NetNamespace namespace, Protocol protocol) throws IOException {
        return namespace.call(() -> open(protocol));
    }

    /**
     * Sends the request and waits until the kernel has done it.
     *
     * @param operation what it is, for the error
     */
    public synchronized void execute(String operation, Message request) throws NetlinkException {
        int sent = send(operation, request, Message.ACK);
        exchange(operation, sent, reply -> null);
    }

    /**
     * The kernel's one answer to a request.
     *
     * @throws NetlinkException also when the answer is none of the decoder's (EBADMSG)
     */
    public synchronized <T> T get(String operation, Message request, Decoder<T> decoder)
            throws NetlinkException {
        int sent = send(operation, request, Message.ACK);
        Answer<T> answer = exchange(operation, sent, decoder);
        if (answer.values.size() != 1) {
            throw new NetlinkException(
                    operation,
                    new MalformedMessageException(answer.values.size() + " answers, not one"));
        }
        return answer.values.getFirst();
    }

    /** All answers; asked again where the table changed meanwhile. */
    public synchronized <T> List<T> dump(String operation, Message request, Decoder<T> decoder)
            throws NetlinkException {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            int sent = send(operation, request, Message.DUMP);
            Answer<T> answer = exchange(operation, sent, decoder);
            if (!answer.interrupted) {
                return answer.values;
            }
        }
        throw new NetlinkException(
                operation, Errno.EINTR.number(), "it changes faster than it can be read");
    }

    /**
     * Sends all in one datagram, which the kernel carries out as a whole or not at all.
     *
     * @throws NetlinkException names the first step that failed
     */
    public synchronized void batch(Message begin, List<Step> steps, Message end)
            throws NetlinkException {
        int first = next();
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        datagram.writeBytes(begin.encode(0, first));
        int last = first + steps.size();
        for (Step step : steps) {
            int sent = next();
            // One acknowledgement will do: the kernel reports every failure without being asked.
            datagram.writeBytes(step.request.encode(sent == last ? Message.ACK : 0, sent));
        }
        datagram.writeBytes(end.encode(0, next()));
        send(steps.getFirst().operation, datagram.toByteArray());
        awaitBatch(steps, first, last);
    }

    /**
     * A part of a batch.
     *
     * @param operation what it is, for the error
     */
    public record Step(String operation, Message request) {}

    private void awaitBatch(List<Step> steps, int first, int last) throws NetlinkException {
        String operation = steps.getFirst().operation;
        NetlinkException failure = null;
        try {
            while (true) {
                for (Reply reply : Reply.parse(transport.receive())) {
                    int sent = reply.sequence();
                    boolean ours = reply.port() == transport.port() && sent >= first;
                    if (!ours || sent > last || reply.type() != Reply.ERROR) {
                        continue;
                    }
                    if (reply.errno() != 0 && failure == null) {
                        String failed =
                                sent == first ? operation : steps.get(sent - first - 1).operation;
                        failure = new NetlinkException(failed, reply.errno(), reply.extAck());
                    }
                    // What concerns the whole batch comes with the number of its beginning.
                    if (failure != null && (sent == first || sent == last)) {
                        throw failure;
                    }
                    if (sent == last) {
                        return;
                    }
                }
            }
        } catch (MalformedMessageException e) {
            throw new NetlinkException(operation, e);
        } catch (IOException e) {
            throw failed(operation, e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    /** What came until the kernel said that this was all. */
    private static final class Answer<T> {
        final List<T> values = new ArrayList<>();
        boolean interrupted;
    }

    private <T> Answer<T> exchange(String operation, int sent, Decoder<T> decoder)
            throws NetlinkException {
        Answer<T> answer = new Answer<>();
        try {
            while (true) {
                for (Reply reply : Reply.parse(transport.receive())) {
                    // What is left of an earlier, failed exchange is not ours.
                    if (reply.sequence() != sent || reply.port() != transport.port()) {
                        continue;
                    }
                    answer.interrupted |= reply.has(Reply.DUMP_INTERRUPTED);
                    if (reply.type() == Reply.ERROR || reply.type() == Reply.DONE) {
                        if (reply.errno() != 0) {
                            throw new NetlinkException(operation, reply.errno(), reply.extAck());
                        }
                        return answer;
                    }
                    T value = decoder.decode(reply);
                    if (value != null) {
                        answer.values.add(value);
                    }
                }
            }
        } catch (MalformedMessageException e) {
            throw new NetlinkException(operation, e);
        } catch (IOException e) {
            throw failed(operation, e);
        }
    }

    private int send(String operation, Message request, int flags) throws NetlinkException {
        int sent = next();
        send(operation, request.encode(flags, sent));
        return sent;
    }

    private void send(String operation, byte[] datagram) throws NetlinkException {
        try {
            transport.send(datagram);
        } catch (IOException e) {
            throw failed(operation, e);
        }
    }

    private int next() {
        sequence++;
        return sequence;
    }

    private static NetlinkException failed(String operation, IOException cause) {
        return switch (cause) {
            case NetlinkException e -> e;
            case ErrnoException e -> new NetlinkException(operation, e);
            default ->
                    new NetlinkException(
                            operation, new ErrnoException(cause.toString(), Errno.EIO.number()));
        };
    }
}
