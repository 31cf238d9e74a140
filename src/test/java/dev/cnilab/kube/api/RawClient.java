package dev.cnilab.kube.api;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A TLS client that sends raw bytes. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private final SSLSocket socket;
    private final BufferedReader in;

    RawClient(int port) throws IOException, GeneralSecurityException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    RawClient(InetSocketAddress server) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        socket = (SSLSocket) context.getSocketFactory().createSocket();
        // Otherwise the kernel may buffer tens of megabytes for a client that does not read.
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(server);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void get(String path) throws IOException {
        send(
                "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(path, TestApi.TOKEN));
    }

    /** The next line, "" where the server has closed. */
    String line() throws IOException {
        String line = in.readLine();
        return line == null ? "" : line;
    }

    /** Skips input up to and including an octet. */
    void skipTo(int octet) throws IOException {
        for (int next = in.read(); next != octet; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed before " + octet);
            }
        }
    }

    /**
     * Discards input. Returns true if the server closes the connection before it sends nothing for
     * this long.
     */
    boolean closedWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            while (in.read() >= 0) {
                // Data is discarded.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The next response's status code, 0 if the server closed without one. */
    int code() throws IOException {
        String line = line();
        return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9, 12)) : 0;
    }

    /** The next response's status code; its body is skipped, so that another can follow. */
    int answer() throws IOException {
        int code = code();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        for (long left = length; left > 0; left -= in.skip(left)) {
            // ISO 8859-1: one character per octet.
        }
        return code;
    }

    /** Reads lines up to one that contains the text. */
    String until(String text) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        return "closed before " + text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
