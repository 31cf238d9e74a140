package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void fillsEachVariableOnce() {
        Template template = new Template("${a}-${b}-${a} $a {a} $");
        assertThat(template.variables()).containsExactly("a", "b");
        assertThat(template.fill(name -> "${" + name + "}\\$1"))
                .isEqualTo("${a}\\$1-${b}\\$1-${a}\\$1 $a {a} $");
    }

    @Test
    void twoDollarsAreAnEscapedOne() {
        Template template = new Template("$${a}");
        assertThat(template.variables()).isEmpty();
        assertThat(template.fill(name -> "x")).isEqualTo("${a}");
    }

    @Test
    void rejectsAManifestWithoutAValue() {
        ManifestTemplate manifest = new ManifestTemplate("m", "m", new Template("${a}${c}"));
        assertThat(manifest.render(Map.of("a", "1", "c", "2"))).isEqualTo("12");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manifest.render(Map.of("b", "1")))
                .withMessage("manifest 'm' has no value for a, c; known: b");
    }

    @Test
    void findsVariablesByName() {
        assertThat(Stream.of(Variable.values()).map(Variable::text)).doesNotHaveDuplicates();
        assertThat(Variable.of("to.pod.ip")).contains(Variable.TO_POD_IP);
        assertThat(Variable.of("TO_POD_IP")).isEmpty();
    }
}
