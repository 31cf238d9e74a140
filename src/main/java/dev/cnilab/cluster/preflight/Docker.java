package dev.cnilab.cluster.preflight;

import java.io.IOException;

/** The engine whose containers are kind's nodes. */
record Docker(DockerEngine engine) implements Look {

    @Override
    public Finding look() {
        if (!engine.local()) {
            return new Finding.Warning(
                    "DOCKER_HOST is " + engine.host(),
                    "engines elsewhere are not asked from here",
                    "docker version");
        }
        try {
            return new Finding.Ok(engine.ping() + " answers on " + engine.host());
        } catch (IOException e) {
            return new Finding.Missing(
                    String.valueOf(e.getMessage()),
                    "provider kind can't be used: its nodes are Docker containers",
                    "install and start Docker (sudo systemctl start docker), and be root or in group"
                            + " docker; DOCKER_HOST=unix://SOCKET names another engine");
        }
    }
}
