package dev.cnilab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    @Test
    void findsAProcessByItsLastArgumentsInAnyScript() throws IOException {
        List<String> last = List.of("daemon", "/home/Mein Ordner/ü 网络 🖼");
        Process process =
                Command.of("sh", "-c", "read line", "sh", last.get(0), last.get(1)).start();
        try {
            assertThat(ProcessIdentity.withLastArguments(last))
                    .extracting(ProcessIdentity::pid)
                    .containsExactly(process.pid());
            assertThat(ProcessIdentity.withLastArguments(List.of("aemon", last.get(1)))).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }
}
