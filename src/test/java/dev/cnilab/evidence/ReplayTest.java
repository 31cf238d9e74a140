package dev.cnilab.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    @TempDir private Path parent;

    /** Version 1 says in {@code nodes} what is {@code managesNodes} now. */
    @Test
    void evidenceOfAnotherVersionIsRefused() throws IOException {
        for (String document : List.of("{\"nodes\":true,\"steps\":[]}", "{\"format\":3}")) {
            EvidenceFolder folder =
                    EvidenceFolder.create(parent.resolve("made-" + document.length()));
            folder.write(Report.DOCUMENT, document);
            folder.seal();

            Failure failure = catchThrowableOfType(Failure.class, () -> Replay.of(folder.path()));

            assertThat(failure.id()).isEqualTo("state-format");
            assertThat(failure.what()).startsWith(folder.path().resolve("report.json").toString());
            assertThat(SealedFolder.open(folder.path()).damage()).isEmpty();
        }
    }
}
