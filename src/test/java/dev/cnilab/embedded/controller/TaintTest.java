package dev.cnilab.embedded.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'operator': 'Exists'}                                         | true
                    {'key': 'k', 'operator': 'Exists'}                             | true
                    {'key': 'k', 'operator': 'Exists', 'effect': 'NoSchedule'}     | true
                    {'key': 'k', 'operator': 'Exists', 'effect': 'NoExecute'}      | false
                    {'key': 'k', 'value': 'v'}                                     | true
                    {'key': 'k', 'operator': 'Equal', 'value': 'v'}                | true
                    {'key': 'k', 'value': 'w'}                                     | false
                    {'key': 'k'}                                                   | false
                    {'key': 'other', 'operator': 'Exists'}                         | false
                    {}                                                             | false
                    """,
            quoteCharacter = '`')
    void toleration(String toleration, boolean tolerates) {
        Taint taint = new Taint("k", "v", "NoSchedule");
        String podSpec = "{'tolerations': [%s]}".formatted(toleration);
        assertThat(taint.toleratedBy(ControlledCluster.json(podSpec))).isEqualTo(tolerates);
    }
}
