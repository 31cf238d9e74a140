package dev.cnilab.net.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a server's response to a GET. */
public final class ResponseReader {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

    private final MessageReader in;

    /**
     * @param headBytes the most that status line and headers may have together
     * @param bodyBytes the most that the body may have
     */
    public ResponseReader(InputStream in, int headBytes, int bodyBytes) {
        this.in = new MessageReader(in, headBytes, bodyBytes);
    }

    /**
     * Status and headers; empty when the server closed without a word.
     *
     * @throws HttpFormatException when what comes is no response, or over a limit
     */
    public Optional<ResponseHead> head() throws IOException {
        Optional<List<String>> head = in.head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = head.get();
        Matcher status = STATUS.matcher(lines.getFirst());
        if (!status.matches()) {
            throw HttpFormatException.malformed("not an HTTP/1.1 status line");
        }
        return Optional.of(
                new ResponseHead(
                        Integer.parseInt(status.group(1)),
                        MessageReader.headers(lines),
                        String.join("\r\n", lines) + "\r\n\r\n"));
    }

    /**
     * The body of the response whose head was read, to its end or that of the connection.
     *
     * @throws EOFException when the connection ends within it
     * @throws HttpFormatException when it is malformed, or over the limit
     */
    public byte[] body(ResponseHead head) throws IOException {
        Optional<byte[]> framed = in.body(head.headers());
        return framed.isPresent() ? framed.get() : in.rest();
    }
}
