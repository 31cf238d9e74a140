package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.host.NetNamespace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends requests to the kernel and waits for the replies, one request at a time. It works on the
 * network namespace in which it was opened, whichever thread uses it.
 *
 * <p>Every failure is a {@link NetlinkException}.
 */
public final class Connection implements AutoCloseable {

    /** The kernel replies immediately, unless another process holds the rtnl lock. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Limits the attempts to dump a table that changes all the time. */
    private static final int DUMP_ATTEMPTS = 20;

    private final Transport transport;
    private int sequence = ThreadLocalRandom.current().nextInt() & 0x3fffffff | 1;

    Connection(Transport transport) {
        this.transport = transport;
    }

    /**
     * Opens a connection for links, addresses, routes and neighbours of the calling thread's
     * namespace.
     */
    public static Connection open() throws IOException {
        return open(Protocol.ROUTE);
    }

    /** Opens a connection in the calling thread's namespace. */
    public static Connection open(Protocol protocol) throws IOException {
        return new Connection(NetlinkSocket.open(protocol, 0, TIMEOUT));
    }

    /** Opens a connection for links, addresses, routes and neighbours of that namespace. */
    public static Connection open(NetNamespace namespace) throws IOException {
        return open(namespace, Protocol.ROUTE);
    }

    public static Connection open(NetNamespace namespace, Protocol protocol) throws IOException {
        return namespace.call(() -> open(protocol));
    }

    /**
     * Sends a request and waits for the kernel's acknowledgement.
     *
     * @param operation what the request does, for the error message
     */
    public synchronized void execute(String operation, Message request) throws NetlinkException {
        int sent = send(operation, request, Message.ACK);
        exchange(operation, sent, reply -> null);
    }

    /**
     * Sends a request that has exactly one reply.
     *
     * @throws NetlinkException also when the decoder accepts none of the replies (EBADMSG)
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

    /** Returns all entries of a table; repeats the dump when the table changed meanwhile. */
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
                operation, Errno.EINTR.number(), "the table changes faster than it can be read");
    }

    /**
     * Sends all requests in one datagram, which the kernel applies as a transaction.
     *
     * @throws NetlinkException naming the first step that failed
     */
    public synchronized void batch(Message begin, List<Step> steps, Message end)
            throws NetlinkException {
        int first = next();
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        datagram.writeBytes(begin.encode(0, first));
        int last = first + steps.size();
        for (Step step : steps) {
            int sent = next();
            // One acknowledgement is enough: the kernel reports every failure without a request for
            // it.
            datagram.writeBytes(step.request.encode(sent == last ? Message.ACK : 0, sent));
        }
        datagram.writeBytes(end.encode(0, next()));
        send(steps.getFirst().operation, datagram.toByteArray());
        awaitBatch(steps, first, last);
    }

    /**
     * A request of a batch.
     *
     * @param operation what the request does, for the error message
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
                    // An error of the whole batch has the sequence number of its begin message.
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
            throw NetlinkException.of(operation, e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    /** The replies to a request, up to the end of the dump. */
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
                    // Ignores replies to an earlier exchange that failed.
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
            throw NetlinkException.of(operation, e);
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
            throw NetlinkException.of(operation, e);
        }
    }

    private int next() {
        sequence++;
        return sequence;
    }
}
