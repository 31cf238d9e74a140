package dev.cnilab.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageTest {

    @Test
    void followsTheLocaleWithEnglishAsDefault() {
        assertThat(Language.of(Map.of())).isEqualTo(Language.EN);
        assertThat(Language.of(Map.of("LANG", "zh_CN.UTF-8"))).isEqualTo(Language.ZH);
        assertThat(Language.of(Map.of("LANG", "de_AT.UTF-8"))).isEqualTo(Language.EN);
        assertThat(Language.of(Map.of("LANG", "zh_CN", "LC_ALL", "C"))).isEqualTo(Language.EN);
        assertThat(Language.of(Map.of("LANG", "C", "LC_MESSAGES", "zh_TW"))).isEqualTo(Language.ZH);
        assertThat(Language.of(Map.of("LANG", "zh_CN", "LC_ALL", ""))).isEqualTo(Language.ZH);
        assertThat(Language.of(Map.of("LANGUAGE", "zh_CN.GBK", "LC_ALL", "C.UTF-8")))
                .isEqualTo(Language.ZH);
    }
}
