package dev.cnilab.cli.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.walk.Language;
import java.io.InputStream;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void bothLanguagesHaveTheSameMessages() throws Exception {
        assertThat(keys("zh")).isEqualTo(keys("en"));
    }

    @Test
    void everyCommandHasHelp() {
        for (Language language : Language.values()) {
            Messages messages = new Messages(language);
            assertThat(WalkSession.WORDS)
                    .allSatisfy(word -> assertThat(messages.get("help-" + word)).isNotBlank());
        }
    }

    private static Set<Object> keys(String code) throws Exception {
        Properties texts = new Properties();
        try (InputStream file =
                Messages.class.getResourceAsStream("/walk/messages." + code + ".properties")) {
            texts.load(file);
        }
        return new TreeSet<>(texts.keySet());
    }
}
