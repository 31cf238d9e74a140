package dev.cnilab.embedded.controller;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;

/**
 * A reconciler that looks at one object at a time, at all of a type that are not on their way out.
 */
interface ObjectReconciler extends Reconciler {

    Store store();

    ResourceType type();

    void reconcile(KubeObject object);

    /** One object's failure keeps no other from its turn; the first is reported after the round. */
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
