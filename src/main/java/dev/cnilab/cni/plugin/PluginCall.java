package dev.cnilab.cni.plugin;

import dev.cnilab.cni.CniException;
import dev.cnilab.cni.NetworkConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A runtime's call, as the shim sends it in an HTTP/1.1 request. */
record PluginCall(Map<String, String> environment, byte[] stdin) {

    /** The kernel's limit for one variable is 128 KiB (MAX_ARG_STRLEN). */
    private static final int MAX_HEAD = 256 << 10;

    /**
     * @throws CniException code 6 when this is no such request
     */
    static PluginCall read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n", -1);
        if (!lines[0].startsWith("POST ")) {
            throw malformed("not a POST request");
        }
        Map<String, String> environment = new HashMap<>();
        int length = 0;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                throw malformed("a header without a colon");
            }
            String name = lines[i].substring(0, colon).toUpperCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).strip();
            if (name.startsWith("CNI-")) {
                environment.put(name.replace('-', '_'), value);
            } else if (name.equals("CONTENT-LENGTH")) {
                length = length(value);
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw malformed("the body ends early");
        }
        return new PluginCall(environment, body);
    }

    /** The request line and the headers, without the empty line. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        for (int state = 0; state < 4; ) {
            int next = in.read();
            if (next < 0 || head.size() > MAX_HEAD) {
                throw malformed("no end of the headers");
            }
            head.write(next);
            boolean wanted = next == (state % 2 == 0 ? '\r' : '\n');
            state = wanted ? state + 1 : next == '\r' ? 1 : 0;
        }
        String text = head.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.length() - 4);
    }

    private static int length(String value) throws CniException {
        if (!value.matches("[0-9]{1,7}") || Integer.parseInt(value) > NetworkConfig.MAX_BYTES) {
            throw malformed("Content-Length is not in 0.." + NetworkConfig.MAX_BYTES);
        }
        return Integer.parseInt(value);
    }

    private static CniException malformed(String why) {
        return new CniException(CniException.Code.DECODE, "malformed request: " + why);
    }
}
