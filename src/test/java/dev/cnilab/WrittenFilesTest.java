package dev.cnilab;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * State is written by {@code AtomicFile} and {@code StateLog}: whole or not at all, and on disk.
 * What writes a file otherwise is listed here, with what it writes.
 */
class WrittenFilesTest {

    private static final Set<String> WRITING =
            Set.of("write", "writeString", "newOutputStream", "newBufferedWriter", "move", "copy");

    /** By classes. Those that only read through a {@code FileChannel} are among them. */
    private static final Map<String, String> OTHERS =
            Map.ofEntries(
                    // What writes state.
                    Map.entry("base.AtomicFile", "the one writer"),
                    Map.entry("base.StateLog", "appends, and waits for the disk"),
                    Map.entry(
                            "kube.state.StateDirectory", "appends to the API's log (decision 13)"),
                    Map.entry("cni.ipam.ReservationDirectory", "a lock, and the rotation's hint"),
                    Map.entry("cni.http.LocalServer", "a socket, which has no content"),
                    // What is made again whenever it is not there.
                    Map.entry("image.DockerArchive", "into the folder of an image's build"),
                    Map.entry("image.ImageBuilder", "into the folder of an image's build"),
                    Map.entry("image.TarArchive", "copies files into a stream"),
                    Map.entry("image.Installation", "copies files into a digest"),
                    Map.entry("kind.KindCreation", "kind's configuration, for one run"),
                    // What grows while others read it.
                    Map.entry("embedded.StartupRecorder", "a log"),
                    Map.entry("embedded.kubelet.LogFile", "a log, and its rotation"),
                    Map.entry("walk.Asciicast", "a recording"),
                    // What is sealed at its end.
                    Map.entry("evidence.EvidenceFolder", "evidence"),
                    // What the kernel makes of it.
                    Map.entry("host.Sysctl", "/proc/sys"),
                    // Where the user says.
                    Map.entry("cli.CaptureCommand", "a capture"),
                    Map.entry("cli.DocsCommand", "a document"),
                    Map.entry("cli.GraphCommand", "a drawing"),
                    Map.entry("cli.ImageCommand", "an image"),
                    Map.entry("cli.TraceCommand", "a capture"),
                    Map.entry("cli.VerifyCommand", "a report"),
                    Map.entry("tool.Curl", "a download"));

    @Test
    void stateIsWrittenByAtomicFile() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.cnilab")) {
            if (type.getAccessesFromSelf().stream().anyMatch(WrittenFilesTest::writes)) {
                found.add(outermost(type).getName().substring("dev.cnilab.".length()));
            }
        }
        assertThat(found).isEqualTo(new TreeSet<>(OTHERS.keySet()));
    }

    private static boolean writes(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        return owner.isEquivalentTo(Files.class) && WRITING.contains(call.getName())
                || owner.isEquivalentTo(FileChannel.class) && call.getName().equals("open")
                || Stream.of(FileOutputStream.class, FileWriter.class, RandomAccessFile.class)
                        .anyMatch(owner::isEquivalentTo);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(WrittenFilesTest::outermost).orElse(type);
    }
}
