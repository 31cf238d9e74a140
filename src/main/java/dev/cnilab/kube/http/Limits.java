package dev.cnilab.kube.http;

import java.time.Duration;

/**
 * What one client may cost.
 *
 * @param headBytes the request line and headers together
 * @param bodyBytes the body; the real API server's is 3 MiB
 * @param receive how long a request, once begun, may take to arrive
 * @param idle how long a connection may wait between requests
 * @param gone how long a client may take nothing of what it is sent, or its machine answer no
 *     probe, until it counts as gone; whole seconds. Where what was sent last is lost on the way,
 *     the kernel tries for a quarter of an hour ({@code tcp_retries2}).
 * @param connections how many may be open at once; one more is closed unanswered
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
