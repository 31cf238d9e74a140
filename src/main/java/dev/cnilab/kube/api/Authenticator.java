package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the bearer tokens. Whoever has one, or a certificate of the lab's authority, may do
 * everything: it is a lab of one person.
 */
public final class Authenticator {
    private static final String BEARER = "Bearer ";

    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    /** Lets in whoever presents this token. */
    public void allow(String token) {
        tokens.add(token);
    }

    /**
     * Lets a request pass that carries a known token or comes with a certificate.
     *
     * @throws ApiException 401 Unauthorized
     */
    void check(Request request) {
        String header = request.header("authorization");
        boolean known = request.certified();
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            byte[] presented = bytes(header.substring(BEARER.length()).trim());
            // Every token is compared, and each in constant time: the time tells nothing.
            for (String token : tokens) {
                known |= MessageDigest.isEqual(bytes(token), presented);
            }
        }
        if (!known) {
            throw new ApiException(401, "Unauthorized", "Unauthorized");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
