package dev.cnilab.cni.backend;

import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.lease.Lease;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Event;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Monitor;
import dev.cnilab.netlink.NetlinkException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls the reconciler after every change and periodically. Several changes in quick succession
 * cause one call.
 */
public final class DatapathLoop implements AutoCloseable {

    /** Catches changes without an event. */
    private static final Duration PERIOD = Duration.ofSeconds(60);

    /** How long a listener waits before it checks whether it should stop. */
    private static final Duration EVENT = Duration.ofSeconds(5);

    /** How long changes are collected: a thousand nodes that appear at once are one change. */
    private static final Duration GATHERING = Duration.ofMillis(30);

    private static final Duration RETRY = Duration.ofMillis(500);

    /** Receives each state that differs from the previous one; receives it again when it fails. */
    @FunctionalInterface
    public interface Listener {
        void changed(TunnelState state) throws IOException;
    }

    private final DatapathReconciler reconciler;
    private final Listener changed;
    private final Consumer<String> log;
    private final Semaphore signals = new Semaphore(0);
    private final List<Monitor> monitors;
    private final Thread thread;
    private final List<Thread> listeners;
    private volatile List<Lease> peers = List.of();
    private Optional<TunnelState> state = Optional.empty();
    private String problem = "";

    /**
     * Creates the loop.
     *
     * @param monitors of the node's namespace; closed with the loop
     * @param changed called from the loop's thread
     */
    public DatapathLoop(
            DatapathReconciler reconciler,
            List<Monitor> monitors,
            Listener changed,
            Consumer<String> log) {
        this.reconciler = reconciler;
        this.monitors = List.copyOf(monitors);
        this.changed = changed;
        this.log = log;
        thread = Thread.ofPlatform().daemon().name("reconcile").unstarted(this::run);
        listeners =
                this.monitors.stream()
                        .map(monitor ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("netlink-events")
                                        .unstarted(() -> listen(monitor)))
                        .toList();
    }

    /**
     * Reconciles once in the calling thread, which must be in the node's network namespace, then
     * continues in a thread of its own.
     */
    public TunnelState start() throws IOException {
        TunnelState first = reconciler.reconcile(peers);
        state = Optional.of(first);
        listeners.forEach(Thread::start);
        thread.start();
        return first;
    }

    private void signal() {
        signals.release();
    }

    /** Replaces the peers. */
    public void peers(List<Lease> peers) {
        this.peers = peers;
        signal();
    }

    /** Stops the loop after the running reconciliation. */
    @Override
    public void close() throws InterruptedException {
        monitors.forEach(Monitor::close);
        for (Thread listener : listeners) {
            listener.join();
        }
        thread.interrupt();
        thread.join();
    }

    private void run() {
        Duration wait = PERIOD;
        try {
            while (true) {
                if (signals.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(GATHERING);
                    signals.drainPermits();
                }
                wait = reconcile() ? PERIOD : RETRY;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Monitor monitor) {
        while (monitor.isOpen()) {
            try {
                if (monitor.next(EVENT).filter(DatapathLoop::concerns).isPresent()) {
                    signal();
                }
            } catch (NetlinkException e) {
                log.accept("cannot read events, so changes are noticed late: " + e);
                return;
            }
        }
    }

    /** Ignores the links of pods, which come and go, and IPv6. */
    private static boolean concerns(Event event) {
        return switch (event) {
            case Event.LinkEvent(Link link, boolean _) -> !Attachment.isHostName(link.name());
            case Event.AddrEvent(Addr addr, boolean _) -> addr instanceof Addr.V4;
            case Event.RouteEvent _, Event.Overrun _ -> true;
            case Event.TableEvent(String table) -> table.equals(Firewall.TABLE);
            case Event.NeighEvent _, Event.Ipv6RouteEvent _, Event.Ipv6NeighEvent _ -> false;
        };
    }

    private boolean reconcile() {
        try {
            TunnelState now = reconciler.reconcile(peers);
            if (!problem.isEmpty()) {
                problem = "";
                log.accept("the datapath is restored");
            }
            if (!state.equals(Optional.of(now))) {
                changed.changed(now);
                state = Optional.of(now);
            }
            return true;
        } catch (IOException e) {
            String seen = String.valueOf(e.getMessage());
            if (!seen.equals(problem)) {
                problem = seen;
                log.accept("cannot repair the datapath: " + seen);
            }
            return false;
        }
    }
}
