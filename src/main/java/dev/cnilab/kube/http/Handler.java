package dev.cnilab.kube.http;

import java.io.IOException;

/** Handles requests. */
@FunctionalInterface
public interface Handler {
    /**
     * @throws dev.cnilab.kube.ApiException an error response, sent as its {@code Status}
     * @throws IOException when the client has disconnected
     */
    void handle(Exchange exchange) throws IOException, InterruptedException;
}
