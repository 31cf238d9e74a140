package dev.cnilab.graph.page;

import dev.cnilab.graph.Markup;
import dev.cnilab.graph.Resource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A self-contained HTML file. Its content security policy allows only the embedded style sheets and
 * script, and no network access.
 */
public final class Page {

    private final Markup body = new Markup();
    private final String title;

    public Page(String title) {
        this.title = title;
    }

    /** Returns the body, to which content is added. */
    public Markup body() {
        return body;
    }

    @Override
    public String toString() {
        String style = Resource.text("graph.css") + Resource.text("page.css");
        String script = Resource.text("page.js");
        String policy =
                "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'"
                        .formatted(hash(style), hash(script));
        return new Markup()
                .add("<!doctype html>\n")
                .open("html", "lang", "en")
                .open("head")
                .add("<meta charset=\"utf-8\">")
                .open("meta", "http-equiv", "Content-Security-Policy", "content", policy)
                .add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .add("<meta name=\"color-scheme\" content=\"light dark\">")
                .element("title", title)
                .add("<style>" + style + "</style>\n")
                .close("head")
                .open("body")
                .add("\n" + body)
                .add("<script>" + script + "</script>")
                .close("body")
                .close("html")
                .add("\n")
                .toString();
    }

    /** Returns the hash source of embedded content: CSP Level 3, section 2.3.1. */
    private static String hash(String content) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform supports SHA-256", e);
        }
    }
}
