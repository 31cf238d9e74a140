package dev.cnilab.net.http;

import java.util.Map;

/**
 * A request as received.
 *
 * @param target path and query as they came, still encoded
 * @param headers by name in lower case; of a repeated header the values joined by a comma
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record HttpRequest(String method, String target, Map<String, String> headers, byte[] body) {}
