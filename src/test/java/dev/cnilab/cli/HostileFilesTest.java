package dev.cnilab.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cnilab.cli.render.Console;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.pcap.PcapngWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of others that contain what a terminal would obey. */
class HostileFilesTest {

    /** Clears the screen, sets the title, reverses text, adds a line. */
    private static final String NAME = "\u001b[2J\u001b]0;x\u0007\u009b31m\u202eeth0\n✓ forged";

    private static final String SHOWN =
            "\\u001b[2J\\u001b]0;x\\u0007\\u009b31m\\u202eeth0\\u000a✓ forged";

    @TempDir Path folder;

    private Path capture() throws IOException {
        Path file = folder.resolve("hostile.pcapng");
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file))) {
            byte[] packet = new byte[60];
            writer.write(
                    new Frame(
                            Instant.EPOCH,
                            NAME,
                            LinkType.ETHERNET,
                            Frame.Direction.IN,
                            packet.length,
                            packet));
        }
        return file;
    }

    private Program.Run lab(String... arguments) {
        return Program.in(folder, Map.of()).run(arguments);
    }

    @Test
    void decodePrintsAFrameOnOneSafeLine() throws IOException {
        Program.Run run = lab("decode", capture().toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains(" " + SHOWN + " in ").hasLineCount(1);
    }

    @Test
    void decodesJsonIsSafeAndKeepsTheName() throws IOException {
        Program.Run run = lab("decode", capture().toString(), "-o", "json");

        assertThat(run.out()).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n]]");
        JsonNode frames = new JsonMapper().readTree(run.out());
        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).path("interface").asText()).isEqualTo(NAME);
    }

    @Test
    void jsonWithoutFramesIsAnEmptyArray() throws IOException {
        Program.Run run = lab("decode", capture().toString(), "-o", "json", "icmp");

        assertThat(new JsonMapper().readTree(run.out())).isEmpty();
    }

    @Test
    void problemsOfALabFileAreSafe() throws IOException {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, "\"\\e[2J\\u202ename\": x\napiVersion: \"\\e[2J\"\n");

        Program.Run run = lab("validate", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("\\u001b[2J")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n\t]]");
    }

    @Test
    void addedFilesOfAReportAreSafe() throws IOException {
        Files.writeString(folder.resolve("SHA256SUMS"), "00  gone\u001b[2J\n");
        Files.writeString(folder.resolve("report.json"), "{");

        Program.Run run = lab("replay", folder.toString());

        assertThat(run.err()).contains("gone\\u001b[2J was deleted").doesNotContain("\u001b");
    }

    /** All other code prints through a console, which makes text safe. */
    @Test
    void onlyTheConsoleHasTheProgramsStreams() {
        noClasses()
                .that()
                .resideInAPackage("dev.cnilab.cli..")
                .and(
                        JavaClass.Predicates.belongToAnyOf(
                                        Main.class, Console.class, StandardOutput.class)
                                .negate()
                                .as("are not the program's own"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(
                        new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("dev.cnilab.cli"));
    }
}
