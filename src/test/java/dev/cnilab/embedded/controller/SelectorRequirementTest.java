package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorRequirementTest {

    private static final Map<String, String> LABELS = Map.of("app", "demo", "cpus", "8");

    @ParameterizedTest
    @CsvSource({
        "app,In,demo,true",
        "app,In,other,false",
        "none,In,demo,false",
        "app,NotIn,demo,false",
        "app,NotIn,other,true",
        "none,NotIn,other,true",
        "app,Exists,,true",
        "none,Exists,,false",
        "app,DoesNotExist,,false",
        "none,DoesNotExist,,true",
        "cpus,Gt,7,true",
        "cpus,Gt,8,false",
        "cpus,Lt,9,true",
        "cpus,Lt,8,false",
        "app,Gt,7,false",
        "none,Lt,7,false",
        "app,Near,demo,false",
    })
    void operators(String key, String operator, String value, boolean matches) {
        List<String> values = value == null ? List.of() : List.of(value);
        assertThat(new SelectorRequirement(key, operator, values).matches(LABELS))
                .isEqualTo(matches);
    }
}
