package dev.cnilab.kube.http;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
public interface Handler {
    /**
     * @throws dev.cnilab.kube.ApiException a refusal; sent as its {@code Status}
     * @throws IOException when the client is gone
     */
    void handle(Exchange exchange) throws IOException, InterruptedException;
}
