package dev.cnilab.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code curl [-sSfi] [-m SECONDS] [--connect-timeout SECONDS] [-H HEADER] [-o FILE] [-w FORMAT]
 * URL...}: GET over plain HTTP, one URL after another, with curl's exit codes (libcurl-errors(3));
 * the last URL's is the command's.
 */
final class Curl implements Tool {

    private static final Duration FOREVER = Duration.ofDays(20);
    private static final Set<String> FLAGS =
            Set.of("-s", "-S", "-f", "-i", "--silent", "--show-error", "--fail", "--include");
    private static final Set<String> VALUED =
            Set.of(
                    "-m",
                    "-o",
                    "-w",
                    "-H",
                    "--max-time",
                    "--connect-timeout",
                    "--output",
                    "--write-out",
                    "--header");

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Arguments arguments = new Arguments(args, FLAGS, VALUED);
        if (arguments.operands().isEmpty()) {
            throw new UsageException("takes one or more URLs");
        }
        int exitCode = 0;
        for (String url : arguments.operands()) {
            exitCode = fetch(arguments, url, out, err);
        }
        return exitCode;
    }

    private static int fetch(Arguments arguments, String url, PrintStream out, PrintStream err)
            throws IOException {
        boolean silent = arguments.has("-s", "--silent") && !arguments.has("-S", "--show-error");
        long start = System.nanoTime();
        try {
            HttpGet.Response response = get(arguments, url);
            boolean refused = arguments.has("-f", "--fail") && response.status() >= 400;
            if (!refused) {
                write(arguments, response, out);
            }
            writeOut(arguments, response, start, out);
            return refused
                    ? fail(
                            CurlException.HTTP_ERROR,
                            "The requested URL returned error: " + response.status(),
                            silent,
                            err)
                    : 0;
        } catch (CurlException e) {
            writeOut(arguments, HttpGet.Response.NONE, start, out);
            return fail(e.exitCode(), String.valueOf(e.getMessage()), silent, err);
        }
    }

    private static int fail(int exitCode, String message, boolean silent, PrintStream err) {
        if (!silent) {
            err.println("curl: (" + exitCode + ") " + message);
        }
        return exitCode;
    }

    private static HttpGet.Response get(Arguments arguments, String text) throws CurlException {
        URI url = url(text);
        Duration total = arguments.seconds("-m", "--max-time").orElse(FOREVER);
        Duration connect = arguments.seconds("--connect-timeout").orElse(total);
        List<String> headers = arguments.all(arguments.has("-H") ? "-H" : "--header");
        return new HttpGet(url, headers).run(connect.compareTo(total) < 0 ? connect : total, total);
    }

    private static URI url(String text) throws CurlException {
        try {
            URI url = new URI(text.contains("://") ? text : "http://" + text);
            if (!"http".equalsIgnoreCase(url.getScheme())) {
                throw new CurlException(
                        CurlException.UNSUPPORTED_PROTOCOL,
                        "Protocol \"" + url.getScheme() + "\" not supported, only http");
            } else if (url.getHost() == null) {
                throw new CurlException(CurlException.MALFORMED_URL, "URL without a host: " + text);
            }
            return url;
        } catch (URISyntaxException e) {
            throw new CurlException(
                    CurlException.MALFORMED_URL, "URL malformed: " + e.getMessage());
        }
    }

    private static void write(Arguments arguments, HttpGet.Response response, PrintStream out)
            throws IOException {
        String file = arguments.value("-o", "--output").orElse("-");
        if (file.equals("-")) {
            write(arguments, response, (OutputStream) out);
        } else {
            try (OutputStream to = Files.newOutputStream(Path.of(file))) {
                write(arguments, response, to);
            }
        }
    }

    private static void write(Arguments arguments, HttpGet.Response response, OutputStream to)
            throws IOException {
        if (arguments.has("-i", "--include")) {
            to.write(response.head().getBytes(StandardCharsets.UTF_8));
        }
        to.write(response.body());
    }

    /** {@code -w}: the variables that scripts use, and the escapes. */
    private static void writeOut(
            Arguments arguments, HttpGet.Response response, long start, PrintStream out) {
        String code = String.format(Locale.ROOT, "%03d", response.status());
        String size = Integer.toString(response.body().length);
        String seconds = String.format(Locale.ROOT, "%.6f", (System.nanoTime() - start) / 1e9);
        arguments
                .value("-w", "--write-out")
                .map(format -> format.replace("%{http_code}", code))
                .map(format -> format.replace("%{size_download}", size))
                .map(format -> format.replace("%{time_total}", seconds))
                .map(format -> format.replace("\\n", "\n").replace("\\t", "\t"))
                .ifPresent(out::print);
    }
}
