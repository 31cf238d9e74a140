package dev.cnilab.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectedContextTest {

    private static final String TWO =
            """
            apiVersion: v1
            kind: Config
            current-context: one
            clusters:
            - name: c1
              cluster: {server: "https://one:6443", certificate-authority: pki/ca.crt}
            - name: c2
              cluster: {server: "https://two:6443"}
            users:
            - name: u
              user: {token: secret}
            contexts:
            - name: one
              context: {cluster: c1, user: u}
            - name: two
              context: {cluster: c2, user: u}
            - name: broken
              context: {cluster: c3, user: u}
            """;

    @TempDir Path temp;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(temp.resolve("config"), TWO);
        Files.createDirectory(temp.resolve("pki"));
        Files.writeString(temp.resolve("pki/ca.crt"), "PEM");
    }

    @Test
    void currentContextIncludesItsFiles() throws IOException {
        SelectedContext context = SelectedContext.of(file, "");

        assertThat(context.name()).isEqualTo("one");
        assertThat(context.text())
                .contains("https://one:6443", "certificate-authority-data: \"UEVN\"", "secret")
                .doesNotContain("https://two:6443", "pki/ca.crt");
    }

    @Test
    void saysWhatIsMissingOfAnIncompleteKubeconfig() throws IOException {
        Files.writeString(file, TWO.replace("current-context: one", ""));
        assertThatThrownBy(() -> SelectedContext.of(file, ""))
                .hasMessage("kubeconfig " + file + " has no current context");

        Files.writeString(file, "");
        assertThatThrownBy(() -> SelectedContext.of(file, ""))
                .hasMessage("kubeconfig " + file + " has no contexts");
    }

    @Test
    void selectsTheNamedContext() throws IOException {
        assertThat(SelectedContext.of(file, "two").text())
                .contains("current-context: \"two\"", "https://two:6443")
                .doesNotContain("https://one:6443");
    }

    @Test
    void unknownContextListsTheKnownOnes() {
        assertThatThrownBy(() -> SelectedContext.of(file, "three"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("no-such-context");
                            assertThat(failure.evidence()).isEqualTo("known: one, two, broken");
                            assertThat(failure.remedy().text()).contains("--context");
                        });
        assertThatThrownBy(() -> SelectedContext.of(file, "broken"))
                .hasMessageContaining("has no 'c3' among its clusters");
    }

    @Test
    void missingFileIsReported() throws IOException {
        Files.delete(temp.resolve("pki/ca.crt"));

        assertThatThrownBy(() -> SelectedContext.of(file, "one"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.evidence()).contains("pki/ca.crt"));
        assertThatThrownBy(() -> SelectedContext.of(temp.resolve("none"), ""))
                .hasMessageStartingWith("cannot read kubeconfig");
    }
}
