package dev.cnilab.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsFitTheirWidestCell() {
        TextTable table = new TextTable("NAME", "N", "LAST");
        table.row("a", 10, "");
        table.row("longer-name", 7, "end");

        assertThat(table)
                .hasToString(
                        """
                        NAME          N    LAST
                        a             10
                        longer-name   7    end
                        """);
    }

    @Test
    void withoutRowsOnlyHeadings() {
        assertThat(new TextTable("NAME", "STATE")).hasToString("NAME   STATE\n");
    }
}
