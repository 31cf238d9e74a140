package dev.cnilab.testbed;

import java.util.List;
import org.opentest4j.TestAbortedException;

/** Skips a test that finds out while it runs which programs it needs. */
final class MissingPeersException extends TestAbortedException {

    private static final long serialVersionUID = 1;

    private final transient List<Peer> peers;

    MissingPeersException(List<Peer> peers) {
        super(NeedsCondition.reason(peers));
        this.peers = List.copyOf(peers);
    }

    List<Peer> peers() {
        return peers;
    }
}
