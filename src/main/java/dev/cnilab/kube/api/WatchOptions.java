package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.http.Request;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a watcher asks for.
 *
 * @param from the revision to go on from; empty for all there is, then what comes
 * @param initialEvents show all there is first, and mark where that ends (sendInitialEvents)
 */
record WatchOptions(OptionalLong from, boolean bookmarks, boolean initialEvents, Duration timeout) {
    /** The real server's {@code --min-request-timeout}. */
    private static final long DEFAULT_SECONDS = 1800;

    static WatchOptions of(Request request) {
        long from = number(request, "resourceVersion", 0);
        boolean initialEvents = request.flag("sendInitialEvents");
        return new WatchOptions(
                from == 0 || initialEvents ? OptionalLong.empty() : OptionalLong.of(from),
                request.flag("allowWatchBookmarks"),
                initialEvents,
                Duration.ofSeconds(number(request, "timeoutSeconds", DEFAULT_SECONDS)));
    }

    private static long number(Request request, String name, long otherwise) {
        String text = request.parameter(name).orElse("");
        try {
            return text.isEmpty() ? otherwise : Long.parseUnsignedLong(text) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(name + " is not a number: " + text);
        }
    }
}
