package dev.cnilab.cluster;

import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Path;

/** The network that joins nodes which a provider creates. Every method can be repeated. */
public interface NodeNetwork {

    boolean exists(LabSpec spec, Path folder) throws IOException;

    void create(LabSpec spec, Path folder) throws IOException;

    void delete(String lab, Path folder) throws IOException;
}
