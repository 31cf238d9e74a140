package dev.cnilab.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cli.render.Console.Style;
import org.junit.jupiter.api.Test;

class ParagraphsTest {

    @Test
    void wrapsAtBlanks() {
        assertThat(Paragraphs.wrap("the packet leaves the pod by eth0", 20))
                .isEqualTo("the packet leaves\nthe pod by eth0\n");
    }

    @Test
    void wrapsBetweenChineseCharactersButNotBeforePunctuation() {
        assertThat(Paragraphs.wrap("数据包从网口发出，它的地址就是源地址。", 16))
                .isEqualTo("数据包从网口发\n出，它的地址就是\n源地址。\n");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        String text = "目标 Pod IP 是 10.244.1.6，查看路由表，根据最长前缀匹配，使用第 3 条路由。 ".repeat(5);
        assertThat(Paragraphs.wrap(text, 40).lines())
                .allSatisfy(line -> assertThat(Paragraphs.width(line)).isLessThanOrEqualTo(40));
    }

    @Test
    void outputIsWrappedWithAHangingIndent() {
        String row = "  flannel-ipip-worker   Ready    v1.27.3   172.18.0.3";

        assertThat(Paragraphs.hang(row, 40, 4))
                .isEqualTo("  flannel-ipip-worker   Ready    v1.27.3\n    172.18.0.3");
        assertThat(Paragraphs.hang(row, 80, 4)).isEqualTo(row);
        assertThat(Paragraphs.hang(Style.STRONG.of(row), Paragraphs.width(row), 4))
                .isEqualTo(Style.STRONG.of(row));
        assertThat(Paragraphs.hang("    a-word-too-long-for-the-line b", 10, 4))
                .isEqualTo("    a-word-too-long-for-the-line\n    b");
    }

    @Test
    void keepsTablesAndLongWords() {
        assertThat(Paragraphs.wrap("a\n  src_ip:  10.244.0.3   the client pod\nb", 20))
                .isEqualTo("a\n  src_ip:  10.244.0.3   the client pod\nb\n");
        assertThat(Paragraphs.wrap("a flannel.alpha.coreos.com/public-ip b", 20))
                .isEqualTo("a\nflannel.alpha.coreos.com/public-ip\nb\n");
    }
}
