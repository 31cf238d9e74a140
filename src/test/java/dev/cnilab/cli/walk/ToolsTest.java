package dev.cnilab.cli.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolsTest {

    @Test
    void tcpdumpIsReplacedByCapture() throws Failure {
        assertThat(
                        Tools.inLab(
                                List.of(
                                        "tcpdump", "-pne", "-i", "eth0", "-c", "2", "ip", "proto",
                                        "4")))
                .containsExactly("capture", "-v", "-i", "eth0", "-c", "2", "ip", "proto", "4");
    }

    @Test
    void otherCommandsAreUnchanged() throws Failure {
        assertThat(Tools.inLab(List.of("route", "-n"))).containsExactly("route", "-n");
    }

    @Test
    void unsupportedOptionIsRejected() {
        assertThatThrownBy(() -> Tools.inLab(List.of("tcpdump", "-w", "x.pcap")))
                .isInstanceOf(Failure.class)
                .hasMessage("unsupported option -w here: tcpdump is lab's own capture");
    }
}
