package dev.cnilab.cluster;

import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Path;

/** The network of the nodes that a provider creates. All methods are repeatable. */
public interface NodeNetwork {

    boolean exists(LabSpec spec, Path folder) throws IOException;

    void create(LabSpec spec, Path folder) throws IOException;

    void delete(String lab, Path folder) throws IOException;
}
