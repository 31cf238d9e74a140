package dev.cnilab.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.ObjectTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectTableTextTest {

    private static final ObjectTable PODS =
            new ObjectTable(
                    List.of(
                            new ObjectTable.Column("Name", false),
                            new ObjectTable.Column("Restarts", false),
                            new ObjectTable.Column("IP", true)),
                    List.of(
                            new ObjectTable.Row("default", List.of("demo", "1 (5m ago)", "10.1")),
                            new ObjectTable.Row("own", List.of("web-1", "0", "10.2"))));

    @Test
    void showsWhatIsAskedFor() {
        assertThat(ObjectTableText.of(PODS, false, column -> !column.wide()))
                .isEqualTo("NAME    RESTARTS\ndemo    1 (5m ago)\nweb-1   0\n");
    }

    @Test
    void namespacesComeFirst() {
        assertThat(ObjectTableText.of(PODS, true, column -> !column.name().equals("Restarts")))
                .isEqualTo(
                        "NAMESPACE   NAME    IP\ndefault     demo    10.1\nown         web-1   10.2\n");
    }
}
