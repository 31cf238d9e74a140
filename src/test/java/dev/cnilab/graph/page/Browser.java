package dev.cnilab.graph.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.Command;
import dev.cnilab.testbed.Peer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Headless Chromium, driven by its DevTools protocol over two pipes. Records the page's errors and
 * network requests.
 */
public final class Browser implements AutoCloseable {

    /** Chromium reads requests from descriptor 3 and writes to 4: here stdin and stdout. */
    private static final String START = "exec \"$0\" \"$@\" 3<&0 4>&1 >/dev/null 2>&1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final List<String> errors = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private String session = "";
    private int requestId;

    private Browser(Process process) {
        this.process = process;
    }

    /**
     * Starts Chromium.
     *
     * @param profile a new directory for its files
     * @param dark whether the preferred colour scheme is dark
     */
    public static Browser start(Path profile, boolean dark) throws IOException {
        Browser browser =
                new Browser(
                        Command.of(
                                        "sh",
                                        "-c",
                                        START,
                                        Peer.CHROMIUM.path().toString(),
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync",
                                        "--disable-dev-shm-usage",
                                        "--remote-debugging-pipe",
                                        "--window-size=1400,900",
                                        "--user-data-dir=" + profile,
                                        "about:blank")
                                .start());
        browser.attach(dark);
        return browser;
    }

    private void attach(boolean dark) throws IOException {
        String target =
                call("Target.createTarget", JSON.createObjectNode().put("url", "about:blank"))
                        .path("targetId")
                        .asText();
        session =
                call(
                                "Target.attachToTarget",
                                JSON.createObjectNode()
                                        .put("targetId", target)
                                        .put("flatten", true))
                        .path("sessionId")
                        .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", JSON.createObjectNode());
        }
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", media);
    }

    /** Opens a page and waits until it has loaded. */
    public void open(String url) throws IOException {
        call("Page.navigate", JSON.createObjectNode().put("url", url));
        while (!next().path("method").asText().equals("Page.loadEventFired")) {
            // Earlier events were recorded by next().
        }
    }

    /** Returns the value of a JavaScript expression as text. */
    public String value(String expression) throws IOException {
        return evaluate("String(" + expression + ")");
    }

    /** Returns the text with which a JavaScript promise is fulfilled. */
    public String await(String expression) throws IOException {
        return evaluate(expression);
    }

    private String evaluate(String expression) throws IOException {
        JsonNode answer =
                call(
                        "Runtime.evaluate",
                        JSON.createObjectNode()
                                .put("expression", expression)
                                .put("awaitPromise", true)
                                .put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value").asText();
    }

    /** Presses a key by its name: {@code ArrowRight}. */
    public void press(String key) throws IOException {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    JSON.createObjectNode().put("type", type).put("key", key).put("code", key));
        }
    }

    /** Returns errors, warnings and exceptions of the page. */
    public List<String> errors() {
        return errors;
    }

    /** Returns every requested URL. */
    public List<String> requests() {
        return requests;
    }

    private JsonNode call(String method, ObjectNode parameters) throws IOException {
        int id = ++requestId;
        ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
        request.set("params", parameters);
        if (!session.isEmpty()) {
            request.put("sessionId", session);
        }
        process.getOutputStream().write(JSON.writeValueAsBytes(request));
        process.getOutputStream().write(0);
        process.getOutputStream().flush();
        while (true) {
            JsonNode message = next();
            if (message.path("id").asInt() == id) {
                if (message.has("error")) {
                    throw new IOException(method + ": " + message.path("error"));
                }
                return message.path("result");
            }
        }
    }

    /** Reads a message, which ends with a zero byte. */
    private JsonNode next() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = process.getInputStream().read(); b != 0; b = process.getInputStream().read()) {
            if (b < 0) {
                throw new EOFException("the browser has ended");
            }
            bytes.write(b);
        }
        JsonNode message = JSON.readTree(bytes.toString(StandardCharsets.UTF_8));
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
                    errors.add(message.path("params").toString());
            case "Network.requestWillBeSent" ->
                    requests.add(message.at("/params/request/url").asText());
            default -> {}
        }
        return message;
    }

    /** Closes Chromium gracefully, so that it deletes its temporary files. */
    @Override
    public void close() throws IOException {
        session = "";
        call("Browser.close", JSON.createObjectNode());
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("the browser does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
