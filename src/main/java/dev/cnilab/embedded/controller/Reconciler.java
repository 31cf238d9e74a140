package dev.cnilab.embedded.controller;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.WatchEvent;
import java.time.Duration;
import java.util.Set;

/**
 * A controller's logic. It is level-triggered: it acts on the current state, not on events, so that
 * a missed or repeated round is harmless.
 */
public interface Reconciler {

    /** Returns the types whose changes may require work. */
    Set<ResourceType> watched();

    /** Checks whether a change of a watched type may require work. */
    default boolean concernedBy(WatchEvent event) {
        return true;
    }

    /** Returns how long a round is delayed after a change, to combine it with further ones. */
    default Duration settling() {
        return Duration.ZERO;
    }

    /** Brings the actual state one step closer to the desired state. */
    void reconcile();
}
