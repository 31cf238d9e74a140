package dev.cnilab.net.http;

import java.util.Map;

/**
 * What precedes a response's body.
 *
 * @param status 100 to 599
 * @param headers by name in lower case; of a repeated header the values joined by a comma
 * @param text as it came, with the empty line at its end
 */
public record ResponseHead(int status, Map<String, String> headers, String text) {}
