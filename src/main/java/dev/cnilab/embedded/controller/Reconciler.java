package dev.cnilab.embedded.controller;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.WatchEvent;
import java.time.Duration;
import java.util.Set;

/**
 * A control loop's work. Level-triggered: it looks at what is there, not at what happened, so that
 * a round that was missed or ran twice does no harm.
 */
public interface Reconciler {

    /** The types whose changes may give it work. */
    Set<ResourceType> watched();

    /** Whether a change of a watched type may give it work. */
    default boolean concernedBy(WatchEvent event) {
        return true;
    }

    /** How long after a change a round begins, for more changes to come along with it. */
    default Duration settling() {
        return Duration.ZERO;
    }

    /** Brings what is there one step nearer to what is wanted; nothing to do is the usual case. */
    void reconcile();
}
