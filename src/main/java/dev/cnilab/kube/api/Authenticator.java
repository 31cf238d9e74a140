package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks bearer tokens and client certificates. Every authenticated client has all rights: a lab
 * has one user.
 */
public final class Authenticator {
    private static final String BEARER = "Bearer ";

    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    /** Accepts requests with this token. */
    public void allow(String token) {
        tokens.add(token);
    }

    /**
     * Accepts a request with a known token or a client certificate.
     *
     * @throws ApiException 401 Unauthorized
     */
    void check(Request request) {
        String header = request.header("authorization");
        boolean known = request.certified();
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            byte[] presented = bytes(header.substring(BEARER.length()).trim());
            // All tokens are compared, each in constant time, against timing attacks.
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
