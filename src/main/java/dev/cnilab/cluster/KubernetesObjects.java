package dev.cnilab.cluster;

import java.io.IOException;

/** Applies, restores and deletes objects of manifests (multi-document YAML). */
public interface KubernetesObjects {

    /** Creates or updates each object. */
    void apply(String manifests) throws IOException;

    /** Whether every object exists and was last applied from these manifests. */
    boolean applied(String manifests) throws IOException;

    /**
     * The current values of the fields that {@link #apply} would set.
     *
     * @return input of {@link #restore}
     */
    String before(String manifests) throws IOException;

    /** Restores the fields that were applied; all others are left unchanged. */
    void restore(String before) throws IOException;

    /** Deletes each object and waits until it is gone; absent is no error. */
    void delete(String manifests) throws IOException;
}
