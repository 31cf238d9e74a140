package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecOverridesTest {

    private static final String IMAGE = "kindest/node:v1.37.2@sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @ValueSource(strings = {"flannel-ipip", "flannel-ipip-upstream"})
    void theFileWithChangesIsTheSpecWithChanges(String lab) throws SpecException {
        LabSpec spec = SpecLoader.load(lab);
        assertThat(on(lab, new SpecOverrides("", 0, "", false))).isEqualTo(spec);
        assertThat(on(lab, new SpecOverrides("other", 0, "", false)))
                .isEqualTo(spec.withName("other"));
        assertThat(on(lab, new SpecOverrides("", 4, "", false))).isEqualTo(spec.withNodes(4));
        assertThat(on(lab, new SpecOverrides("", 1, "", false))).isEqualTo(spec.withNodes(1));
        assertThat(on(lab, new SpecOverrides("", 0, IMAGE, false)))
                .isEqualTo(spec.withNodeImage(IMAGE));
        assertThat(on(lab, new SpecOverrides("", 0, "", true))).isEqualTo(spec.withoutDns());
        assertThat(on(lab, new SpecOverrides("123", 3, IMAGE, true)))
                .isEqualTo(spec.withName("123").withNodes(3).withNodeImage(IMAGE).withoutDns());
    }

    @Test
    void theNodeImageMayBeGivenByTag() throws SpecException {
        assertThat(on("flannel-ipip", new SpecOverrides("", 0, "kindest/node:v1.37.2", false)))
                .extracting(spec -> spec.kubernetes().version())
                .isEqualTo("v1.37.2");
    }

    @Test
    void keepsComments() throws SpecException {
        LabSource source = SpecLoader.find("flannel-ipip");
        String text = new SpecOverrides("other", 3, "", false).on(source).text();
        assertThat(text).contains("# kind's nodes need these.");
        assertThat(text).startsWith("# yaml-language-server");
    }

    @Test
    void rejectsInvalidOverrides() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on("flannel-ipip", new SpecOverrides("Other_", 0, "", false)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on("flannel-ipip", new SpecOverrides("", 300, "", false)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on("flannel-ipip", new SpecOverrides("", 0, "no image", false)));
    }

    private static LabSpec on(String lab, SpecOverrides overrides) throws SpecException {
        return SpecLoader.load(overrides.on(SpecLoader.find(lab)));
    }
}
