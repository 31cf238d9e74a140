package dev.cnilab.cli.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolsTest {

    @Test
    void tcpdumpIsCapture() throws Failure {
        assertThat(
                        Tools.inLab(
                                List.of(
                                        "tcpdump", "-pne", "-i", "eth0", "-c", "2", "ip", "proto",
                                        "4")))
                .containsExactly("capture", "-v", "-i", "eth0", "-c", "2", "ip", "proto", "4");
    }

    @Test
    void otherCommandsAreLeftAlone() throws Failure {
        assertThat(Tools.inLab(List.of("route", "-n"))).containsExactly("route", "-n");
    }

    @Test
    void anOptionThatCaptureLacksIsRefused() {
        assertThatThrownBy(() -> Tools.inLab(List.of("tcpdump", "-w", "x.pcap")))
                .isInstanceOf(Failure.class)
                .hasMessage("no option -w here: tcpdump is lab's own capture");
    }
}
