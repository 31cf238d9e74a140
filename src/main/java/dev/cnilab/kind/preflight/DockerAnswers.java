package dev.cnilab.kind.preflight;

import dev.cnilab.base.Failure;
import dev.cnilab.kind.docker.DockerEngine;
import dev.cnilab.kind.docker.EngineAddress;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import java.io.IOException;
import java.util.Map;

/** Checks that a Docker engine is reachable. */
record DockerAnswers(Map<String, String> environment) implements Inspection {

    @Override
    public Finding inspect() {
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
                    "see docker version");
        }
    }
}
