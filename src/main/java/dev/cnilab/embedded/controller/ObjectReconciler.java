package dev.cnilab.embedded.controller;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;

/** A reconciler that handles one object at a time: all of a type that are not being deleted. */
interface ObjectReconciler extends Reconciler {

    Store store();

    ResourceType type();

    void reconcile(KubeObject object);

    /**
     * Reconciles all objects; one object's failure does not affect the others, and the first is
     * rethrown at the end.
     */
    @Override
    default void reconcile() {
        RuntimeException failure = null;
        for (KubeObject object : KubeObject.list(store(), type())) {
            try {
                if (!object.terminating()) {
                    reconcile(object);
                }
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
