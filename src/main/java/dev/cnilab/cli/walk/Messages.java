package dev.cnilab.cli.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.walk.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The messages of the walkthrough's prompt in the reader's language; the pages' texts are in the
 * lab's files.
 */
public final class Messages {

    private final Properties texts = new Properties();

    public Messages(Language language) {
        String file = "/walk/messages." + language.code() + ".properties";
        try (InputStream resource = Messages.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException(file + " is missing from the program");
            }
            texts.load(new InputStreamReader(resource, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String get(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no message '" + key + "'");
        }
        return text;
    }
}
