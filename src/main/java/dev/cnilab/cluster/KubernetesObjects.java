package dev.cnilab.cluster;

import java.io.IOException;

/** Objects of a cluster as manifests describe them: multi-document YAML. */
public interface KubernetesObjects {

    /** Creates or updates each object. */
    void apply(String manifests) throws IOException;

    /** Whether every object exists as it was applied from these manifests. */
    boolean applied(String manifests) throws IOException;

    /**
     * What {@link #apply} would change, as it is now.
     *
     * @return to be kept for {@link #restore}
     */
    String before(String manifests) throws IOException;

    /** Restores exactly the fields that were applied, and leaves all others alone. */
    void restore(String before) throws IOException;

    /** Deletes each object and waits until it is gone; absent is no error. */
    void delete(String manifests) throws IOException;
}
