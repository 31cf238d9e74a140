package dev.cnilab.kube.http;

import java.time.Duration;

/**
 * The resource limits of the server.
 *
 * @param headBytes maximum size of request line and headers together
 * @param bodyBytes maximum size of a body; kube-apiserver's is 3 MiB
 * @param receive maximum time for a request, once begun, to arrive
 * @param idle maximum time between a connection's requests
 * @param gone how long a client may read nothing or answer no keepalive probe until it is
 *     disconnected; whole seconds. With unacknowledged data the kernel retransmits for about 15
 *     minutes ({@code tcp_retries2}).
 * @param connections maximum number of open connections; further ones are closed at once
 */
public record Limits(
        int headBytes,
        int bodyBytes,
        Duration receive,
        Duration idle,
        Duration gone,
        int connections) {
    public static final Limits DEFAULT =
            new Limits(
                    32 * 1024,
                    3 * 1024 * 1024,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(1),
                    2048);
}
