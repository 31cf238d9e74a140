package dev.cnilab.trace.run;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Place;
import dev.cnilab.evidence.tape.RecordedQuery;
import dev.cnilab.evidence.tape.RecordedReply;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A place where one program prints rules, as it did when {@code rules/record} was run. */
final class RecordedRules {

    static final Place PLACE = new Place.OnNode("node");

    private static final Path FOLDER = Path.of("src/test/resources/dev/cnilab/trace/rules");

    private RecordedRules() {}

    static Networks of(String file, String... argv) throws IOException {
        List<String> command = List.of(argv);
        return new Networks(
                new ReplayedView(
                        new Tape(
                                List.of(
                                        new Tape.Entry(
                                                new RecordedQuery(
                                                        RecordedQuery.Kind.EXEC,
                                                        Optional.of(PLACE),
                                                        command),
                                                new RecordedReply.Ended(
                                                        new ExecResult(
                                                                command,
                                                                0,
                                                                Files.readString(
                                                                        FOLDER.resolve(file)),
                                                                "")))))),
                TimeFactor.NONE);
    }
}
