package dev.cnilab.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabFolderTest {

    @TempDir Path folder;

    @Test
    void locationFollowsTheXdgSpecification() {
        assertThat(StateHome.of(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h")).path())
                .isEqualTo(Path.of("/s/lab"));
        assertThat(StateHome.of(Map.of("HOME", "/h")).path())
                .isEqualTo(Path.of("/h/.local/state/lab"));
        // "All paths set in these environment variables must be absolute. If […] relative
        // […] ignore it."
        assertThat(StateHome.of(Map.of("XDG_STATE_HOME", "s", "HOME", "/h")).path())
                .isEqualTo(Path.of("/h/.local/state/lab"));
    }

    @Test
    void listsLabsByName() throws IOException {
        StateHome home = new StateHome(folder);
        assertThat(home.labs()).isEmpty();

        home.lab("b").create();
        home.lab("a").create();
        Files.writeString(folder.resolve("labs/.a.lock"), "");

        assertThat(home.labs()).extracting(LabFolder::lab).containsExactly("a", "b");
    }

    @Test
    void directoryIsOwnerOnly() throws IOException {
        LabFolder lab = new StateHome(folder.resolve("deep")).lab("a");
        lab.create();

        for (Path each : new Path[] {lab.path(), lab.path().getParent(), folder.resolve("deep")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void deleteIsRecursiveAndRepeatable() throws IOException {
        LabFolder lab = new StateHome(folder).lab("a");
        lab.create();
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "");
        Files.createDirectories(lab.path().resolve("nodes/x/root"));
        Files.createSymbolicLink(lab.path().resolve("nodes/link"), outside);

        lab.delete();
        lab.delete();

        assertThat(lab.exists()).isFalse();
        assertThat(outside.resolve("precious")).exists();
    }

    @Test
    void recordRoundTrips() throws IOException {
        LabFolder lab = new StateHome(folder).lab("a");
        lab.create();
        LabRecord record = record("/a b/lab.yaml", "--name", "a");

        record.write(lab);

        assertThat(LabRecord.read(lab)).isEqualTo(record);
    }

    @Test
    void whatWasTypedIsTypedAgain() {
        assertThat(record("/a b/lab.yaml", "--name", "a").up())
                .isEqualTo("lab up '/a b/lab.yaml' --name a");
    }

    @Test
    void editedStepsMakeNoOtherLab() throws IOException, SpecException {
        LabFolder lab = new StateHome(folder).lab("flannel-ipip");
        LabSource file = SpecLoader.find("flannel-ipip");
        LabRecord made = record("/lab.yaml").with(file);
        String text = file.text();
        LabRecord steps = made.with(edited(text, "title: Every node is Ready", "title: Ready"));
        LabRecord cni = made.with(edited(text, "masquerade: true", "masquerade: false"));
        LabRecord worker = made.with(edited(text, "  - role: worker\n", ""));

        assertThat(made.isSameCluster(made.with(file), lab)).isTrue();
        assertThat(made.isSameCluster(steps, lab)).isTrue();
        assertThat(made.isSameCluster(cni, lab)).isFalse();
        assertThat(made.differences(cni, lab)).containsExactly("the spec: cni");
        assertThat(made.isSameCluster(worker, lab)).isFalse();
        assertThat(made.differences(worker, lab)).containsExactly("nodes: 2, not 1");
    }

    private static LabSource edited(String text, String passage, String replacement) {
        assertThat(text).contains(passage);
        return new LabSource("lab.yaml", text.replace(passage, replacement), Optional.empty());
    }

    private static LabRecord record(String... source) {
        return new LabRecord(
                "embedded", "name: ä\r\n", "/somewhere", true, "there", List.of(source));
    }

    /** down needs no more than the provider's name. */
    @Test
    void aRecordOfAnotherVersionIsRefusedAndKeptAndNamesItsProvider() throws IOException {
        LabFolder lab = new StateHome(folder).lab("a");
        lab.create();
        record("flannel-ipip").write(lab);
        for (String text :
                List.of("{\"provider\":\"kind\"}", "{\"format\":3,\"provider\":\"kind\"}")) {
            Path file = Files.writeString(lab.path().resolve("lab.json"), text);

            assertThatThrownBy(() -> LabRecord.read(lab))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> {
                                assertThat(failure.id()).isEqualTo("state-format");
                                assertThat(failure.remedy().script()).isEqualTo("lab down a");
                            });
            assertThat(LabRecord.provider(lab)).hasValue("kind");
            assertThat(file).hasContent(text);
        }
    }

    @Test
    void incompleteLabHasNoRecord() throws IOException {
        LabFolder lab = new StateHome(folder).lab("a");
        lab.create();
        Files.writeString(lab.spec(), "name: a");

        assertThatThrownBy(() -> LabRecord.read(lab))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("no-such-lab");
                            assertThat(failure.what()).isEqualTo("no such lab: a");
                        });
    }
}
