package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cli.walk.Interpreter;
import dev.cnilab.evidence.tape.RecordingView;
import dev.cnilab.host.SearchPath;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.StepSpec;
import dev.cnilab.spec.WalkthroughLoader;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.testbed.TapeFolder;
import dev.cnilab.verify.Outcome;
import dev.cnilab.verify.StepFilter;
import dev.cnilab.verify.Verifier;
import dev.cnilab.verify.probe.TemplateContext;
import dev.cnilab.walk.CommandTape;
import dev.cnilab.walk.Faults;
import dev.cnilab.walk.UndoJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records what unit tests of verification and of faults read. */
@Tag("recorded")
@ExtendWith(SharedTracedLab.class)
class TapesIT {

    @TempDir private Path folder;

    private final TracedLab lab;

    TapesIT(TracedLab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void onlyWhereTapesAreRecorded() {
        assumeThat(TapeFolder.RECORDING).isTrue();
    }

    private static LabSpec spec() throws Exception {
        return SpecLoader.load("flannel-ipip").withName(TapeFolder.LAB);
    }

    @Test
    void everyStepOfTheVerification() throws Exception {
        for (StepSpec step : spec().verify().steps()) {
            RecordingView view = new RecordingView(lab.cluster());
            Verifier verifier =
                    new Verifier(spec(), view, new StepFilter(List.of()), TimeFactor.NONE);
            assertThat(verifier.once(step).outcome()).isInstanceOf(Outcome.Passed.class);
            TapeFolder.of("verify/probe", step.name())
                    .write(JsonNodeFactory.instance.objectNode(), view.tape());
        }
    }

    @Test
    void everyFaultOfTheWalkthrough() throws Exception {
        LabSpec spec = spec();
        for (Fault fault : WalkthroughLoader.load(spec, Optional.empty()).orElseThrow().faults()) {
            RecordingView view = new RecordingView(lab.cluster());
            CommandTape.Recording commands =
                    new CommandTape.Recording(
                            new Interpreter(
                                    lab.cluster(),
                                    false,
                                    folder.resolve("kubeconfig"),
                                    new SearchPath(""),
                                    Map.of()));
            new Faults(
                            List.of(fault),
                            commands,
                            () -> TemplateContext.of(spec, view, TimeFactor.NONE),
                            UndoJournal.in(folder),
                            TimeFactor.NONE)
                    .breakIt(fault)
                    .solve();
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set("commands", new ObjectMapper().valueToTree(commands.tape().entries()));
            TapeFolder.of("walk", fault.id()).write(document, view.tape());
        }
    }
}
