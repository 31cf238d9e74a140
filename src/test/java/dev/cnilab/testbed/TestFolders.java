package dev.cnilab.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Creates all temporary directories of this JVM's tests below one directory, which is deleted at
 * the end of the run. Reports files that tests left in it.
 */
public final class TestFolders implements TempDirFactory, TestExecutionListener {

    private static final Path ROOT =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "lab-tests-" + ProcessHandle.current().pid());

    /** The common parent directory, which exists. */
    public static Path root() {
        try {
            Files.createDirectories(ROOT);
            // Some tests start programs as another user, who needs access.
            return Files.setPosixFilePermissions(
                    ROOT, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
            throws IOException {
        return Files.createTempDirectory(root(), "");
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        try {
            Files.deleteIfExists(ROOT);
        } catch (DirectoryNotEmptyException e) {
            System.out.println("Tests left files in " + ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
