package dev.cnilab.graph.svg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void keepsTextThatFits() {
        assertThat(Text.fitted(Text.Font.CODE, "demo-w4dft", 100).text()).isEqualTo("demo-w4dft");
    }

    @Test
    void shortensTextInTheMiddle() {
        Text text = Text.fitted(Text.Font.CODE, "coredns-5d78c9869d-bq2vw", 100);

        assertThat(text.text()).isEqualTo("coredn…-bq2vw");
        assertThat(text.width()).isLessThanOrEqualTo(100);
    }

    @Test
    void doesNotSplitSurrogatePairs() {
        assertThat(Text.fitted(Text.Font.CODE, "\uD83D\uDE00".repeat(9), 30).text())
                .isEqualTo("\uD83D\uDE00\uD83D\uDE00…\uD83D\uDE00");
    }
}
