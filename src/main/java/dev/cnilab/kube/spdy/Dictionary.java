package dev.cnilab.kube.spdy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The zlib dictionary of header compression (SPDY Protocol Draft 3, section 2.6.10.1). */
final class Dictionary {
    /** Each name is prefixed with its length. */
    private static final String NAMES =
            "options head post put delete trace accept accept-charset accept-encoding"
                    + " accept-language accept-ranges age allow authorization cache-control"
                    + " connection content-base content-encoding content-language content-length"
                    + " content-location content-md5 content-range content-type date etag expect"
                    + " expires from host if-match if-modified-since if-none-match if-range"
                    + " if-unmodified-since last-modified location max-forwards pragma"
                    + " proxy-authenticate proxy-authorization range referer retry-after server te"
                    + " trailer transfer-encoding upgrade user-agent vary via warning"
                    + " www-authenticate method get status 200_OK version HTTP/1.1 url public"
                    + " set-cookie keep-alive origin";

    private static final String VALUES =
            "100101201202205206300302303304305306307402405406407408409410411412413414415416417502"
                    + "504505203 Non-Authoritative Information204 No Content301 Moved Permanently"
                    + "400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server"
                    + " Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul"
                    + " Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun,"
                    + " GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,"
                    + "application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age="
                    + "gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

    private Dictionary() {}

    static byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String name : NAMES.split(" ")) {
                byte[] text = name.replace('_', ' ').getBytes(StandardCharsets.US_ASCII);
                out.writeInt(text.length);
                out.write(text);
            }
            out.write(VALUES.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("memory", e);
        }
        return bytes.toByteArray();
    }
}
