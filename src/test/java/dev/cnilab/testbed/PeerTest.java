package dev.cnilab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTest {

    @ParameterizedTest
    @EnumSource
    void continuousIntegrationInstallsThePackage(Peer peer) throws Exception {
        assertThat(Files.readString(Path.of(".ci/run")))
                .containsPattern("[ \n]" + peer.debianPackage() + "[ \n]");
    }

    @Test
    void unitTestsNeedNoExternalPrograms() {
        var tests =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.OnlyIncludeTests())
                        .importPackages("dev.cnilab");
        ArchRuleDefinition.noClasses()
                .that()
                .haveSimpleNameEndingWith("Test")
                .should()
                .beAnnotatedWith(Needs.class)
                .check(tests);
        ArchRuleDefinition.noMethods()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Test")
                .should()
                .beAnnotatedWith(Needs.class)
                .check(tests);
    }
}
