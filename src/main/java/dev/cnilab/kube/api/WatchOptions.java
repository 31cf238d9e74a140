package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.http.Request;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The options of a watch.
 *
 * @param from the revision to continue from; empty to begin with all existing objects
 * @param initialEvents begin with all existing objects, followed by a bookmark (sendInitialEvents)
 */
record WatchOptions(OptionalLong from, boolean bookmarks, boolean initialEvents, Duration timeout) {
    /** The default of kube-apiserver's {@code --min-request-timeout}. */
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
