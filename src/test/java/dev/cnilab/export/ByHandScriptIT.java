package dev.cnilab.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Needs(Peer.SHELLCHECK)
class ByHandScriptIT {

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"flannel-ipip", "flannel-ipip-upstream"})
    void shellcheckHasNothingToSayOfTheScript(String lab) throws Exception {
        String script = ByHandScript.of(SpecLoader.load(lab), "localhost/cnilab/lab:test");
        Path file = Files.writeString(temp.resolve("lab.sh"), script);

        ExecResult result =
                Command.of(Peer.SHELLCHECK.path().toString(), file.toString())
                        .run(Duration.ofMinutes(1));

        assertThat(result.stdout() + result.stderr()).isEmpty();
    }
}
