package dev.cnilab.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.ShellWords;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.WalkthroughLoader;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.testbed.TapeFolder;
import dev.cnilab.verify.probe.TemplateContext;
import dev.cnilab.walk.CommandTape.Deed;
import dev.cnilab.walk.CommandTape.Entry;
import dev.cnilab.walk.CommandTape.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled walkthrough's faults, on what was recorded when a lab was broken and repaired. */
class FaultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    private static LabSpec spec() throws SpecException {
        return SpecLoader.load("flannel-ipip").withName(TapeFolder.LAB);
    }

    private static CommandTape tape(String fault) throws IOException {
        return new CommandTape(
                JSON.convertValue(
                        TapeFolder.of("walk", fault).document().path("commands"),
                        new TypeReference<List<Entry>>() {}));
    }

    private Faults faults(String fault, Commands commands) throws IOException, SpecException {
        LabSpec spec = spec();
        ReplayedView view = new ReplayedView(TapeFolder.of("walk", fault).tape());
        return new Faults(
                WalkthroughLoader.load(spec, Optional.empty()).orElseThrow().faults(),
                commands,
                () -> TemplateContext.of(spec, view, TimeFactor.NONE),
                UndoJournal.in(folder),
                TimeFactor.NONE);
    }

    private Faults.Broken broken(String id, Commands commands) throws Exception {
        Faults faults = faults(id, commands);
        Fault fault = faults.named(id);
        return faults.breakIt(fault);
    }

    /** What changes the lab: all but the reading of objects, of kernel parameters, and symptoms. */
    private static List<Deed> changes(CommandTape.Replayed commands) {
        return commands.done().stream()
                .filter(deed -> deed.kind() != Kind.BEFORE)
                .filter(deed -> deed.kind() != Kind.RUN || deed.words().getFirst().equals("docker"))
                .filter(deed -> !deed.words().contains("-n"))
                .toList();
    }

    private static Deed run(String line) {
        return Deed.run(ShellWords.split(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"route", "rp_filter", "mtu", "selector", "tunnel", "forward"})
    void aFaultIsPutIntoTheLabAndRolledBackAsItWasRecorded(String fault) throws Exception {
        CommandTape tape = tape(fault);
        CommandTape.Replayed commands = new CommandTape.Replayed(tape);

        broken(fault, commands).solve();

        assertThat(commands.done()).isEqualTo(tape.entries().stream().map(Entry::deed).toList());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aCommandIsUndoneByTheFaultsOwn() throws Exception {
        CommandTape.Replayed commands = new CommandTape.Replayed(tape("route"));

        broken("route", commands).solve();

        assertThat(changes(commands))
                .hasSize(2)
                .allSatisfy(deed ->
                        assertThat(deed.words())
                                .startsWith("docker", "exec", "taped-control-plane", "ip", "route")
                                .endsWith("dev", "cni0"))
                .extracting(deed -> deed.words().get(5))
                .containsExactly("add", "del");
    }

    @Test
    void aKernelParameterIsRestoredToWhatItWas() throws Exception {
        CommandTape.Replayed commands = new CommandTape.Replayed(tape("forward"));

        broken("forward", commands).solve();

        String set = "docker exec taped-control-plane sysctl -w net.ipv4.conf.cni0.forwarding=";
        assertThat(changes(commands)).containsExactly(run(set + "0"), run(set + "1"));
    }

    @Test
    void commandsAreUndoneBeforeKernelParameters() throws Exception {
        CommandTape.Replayed commands = new CommandTape.Replayed(tape("rp_filter"));

        broken("rp_filter", commands).solve();

        assertThat(changes(commands))
                .extracting(deed -> deed.words().get(3) + " " + deed.words().get(5).split("=")[0])
                .containsExactly(
                        "sysctl net.ipv4.conf.all.rp_filter",
                        "ip add",
                        "ip del",
                        "sysctl net.ipv4.conf.all.rp_filter");
    }

    @Test
    void objectsAreRestoredToWhatTheyWereBefore() throws Exception {
        CommandTape tape = tape("selector");
        CommandTape.Replayed commands = new CommandTape.Replayed(tape);
        String before =
                tape.entries().stream()
                        .filter(entry -> entry.deed().kind() == Kind.BEFORE)
                        .findFirst()
                        .orElseThrow()
                        .output();

        broken("selector", commands).solve();

        assertThat(before).contains("\"selector\":{\"app\":\"demo\"}");
        assertThat(changes(commands)).last().isEqualTo(Deed.objects(Kind.RESTORE, before));
    }

    @Test
    void changesAreUndoneInReverseOrder() throws Exception {
        List<Entry> entries = new ArrayList<>(tape("forward").entries());
        entries.addAll(tape("rp_filter").entries());
        CommandTape.Replayed commands = new CommandTape.Replayed(new CommandTape(entries));
        Faults faults = faults("forward", commands);
        Undo undo = new Undo(commands, UndoJournal.in(folder));

        undo.note(
                "both",
                List.of(
                        faults.named("forward").broken().getFirst(),
                        faults.named("rp_filter").broken().getFirst()),
                List.of(),
                TemplateContext.of(
                        spec(),
                        new ReplayedView(TapeFolder.of("walk", "forward").tape()),
                        TimeFactor.NONE));
        undo.all();

        assertThat(changes(commands))
                .extracting(deed -> deed.words().getLast())
                .containsExactly(
                        "net.ipv4.conf.all.rp_filter=1", "net.ipv4.conf.cni0.forwarding=1");
    }

    /** As after a SIGKILL: all that is left of the walk is its journal. */
    @ParameterizedTest
    @ValueSource(strings = {"route", "rp_filter", "selector"})
    void theNextWalkRollsBackWhatAKilledOneLeft(String fault) throws Exception {
        CommandTape.Replayed whole = new CommandTape.Replayed(tape(fault));
        broken(fault, whole).solve();
        CommandTape.Replayed killed = new CommandTape.Replayed(tape(fault));
        broken(fault, killed);
        CommandTape.Replayed next = new CommandTape.Replayed(tape(fault));

        List<String> undone = new Undo(next, UndoJournal.in(folder)).all();

        assertThat(undone).containsExactly(fault);
        List<Deed> all = changes(whole);
        assertThat(next.done()).isEqualTo(all.subList(changes(killed).size(), all.size()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFaultThatCannotBePutInIsRolledBack() throws Exception {
        List<Entry> failing =
                tape("route").entries().stream()
                        .map(entry ->
                                entry.deed().words().contains("add")
                                        ? new Entry(entry.deed(), 2, "File exists")
                                        : entry)
                        .toList();
        CommandTape.Replayed commands = new CommandTape.Replayed(new CommandTape(failing));

        assertThatThrownBy(() -> broken("route", commands))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exited with code 2");
        assertThat(changes(commands))
                .last()
                .satisfies(deed -> assertThat(deed.words()).contains("del"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anUnknownFaultIsRefusedWithTheKnownOnes() throws Exception {
        Faults faults = faults("route", new CommandTape.Replayed(tape("route")));

        assertThatThrownBy(() -> faults.named("rout"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure ->
                                assertThat(failure.evidence())
                                        .contains("route, rp_filter, mtu, selector"));
    }
}
