package dev.cnilab.cluster.preflight;

import dev.cnilab.cluster.docker.DockerEngine;
import dev.cnilab.cluster.docker.EngineAddress;
import dev.cnilab.host.Failure;
import java.io.IOException;
import java.util.Map;

/** The engine whose containers are kind's nodes. */
record Docker(Map<String, String> environment) implements Look {

    @Override
    public Finding look() {
        try (DockerEngine engine = DockerEngine.open(EngineAddress.find(environment))) {
            return new Finding.Ok(
                    "Docker "
                            + engine.about().version()
                            + " answers on "
                            + engine.address().host());
        } catch (Failure e) {
            return new Finding.Missing(
                    e.what() + ": " + e.evidence(),
                    "provider kind can't be used: its nodes are Docker containers",
                    e.remedy());
        } catch (IOException e) {
            return new Finding.Missing(
                    String.valueOf(e.getMessage()),
                    "provider kind can't be used: its nodes are Docker containers",
                    "docker version says more");
        }
    }
}
