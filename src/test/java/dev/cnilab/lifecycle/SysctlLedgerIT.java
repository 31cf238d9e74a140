package dev.cnilab.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Uses sysctls of a namespace instead of the machine's. */
class SysctlLedgerIT {

    private static final Sysctl BACKLOG = new Sysctl("net.core.somaxconn");
    private static final Sysctl QUEUE = new Sysctl("net.unix.max_dgram_qlen");

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path folder;
    private NetNamespace namespace;
    private SysctlLedger ledger;

    @BeforeEach
    void setValues() throws IOException {
        namespace = sandbox.namespace();
        set(BACKLOG, "100");
        set(QUEUE, "50");
        ledger = SysctlLedger.in(folder.resolve("state/sysctls.json"));
    }

    @Test
    void raisesLowerValuesAndRestoresThem() throws IOException {
        Map<String, Long> wanted = Map.of(BACKLOG.key(), 200L, QUEUE.key(), 20L);
        assertThat(satisfied("a", wanted)).isFalse();

        assertThat(raise("a", wanted)).containsExactly("net.core.somaxconn: 100 -> 200");
        assertThat(satisfied("a", wanted)).isTrue();
        assertThat(raise("a", wanted)).isEmpty();
        assertThat(value(QUEUE)).isEqualTo("50");

        assertThat(release("a")).containsExactly("net.core.somaxconn: 200 -> 100");
        assertThat(release("a")).isEmpty();
        assertThat(value(BACKLOG)).isEqualTo("100");
        assertThat(ledger.file().path()).doesNotExist();
    }

    @Test
    void staysRaisedUntilTheLastLabIsDeleted() throws IOException {
        raise("a", Map.of(BACKLOG.key(), 200L));
        assertThat(satisfied("b", Map.of(BACKLOG.key(), 150L))).isFalse();
        assertThat(raise("b", Map.of(BACKLOG.key(), 150L))).isEmpty();
        assertThat(raise("c", Map.of(BACKLOG.key(), 300L)))
                .containsExactly("net.core.somaxconn: 200 -> 300");

        assertThat(release("a")).isEmpty();
        assertThat(release("c")).isEmpty();
        assertThat(release("b")).containsExactly("net.core.somaxconn: 300 -> 100");
    }

    @Test
    void valueChangedByAnotherProgramIsNotRestored() throws IOException {
        raise("a", Map.of(BACKLOG.key(), 200L));
        set(BACKLOG, "999");

        assertThat(release("a")).isEmpty();

        assertThat(value(BACKLOG)).isEqualTo("999");
        assertThat(ledger.file().path()).doesNotExist();
    }

    @Test
    void labsOfTheSameNameInTwoHomesAreDistinct() throws IOException {
        LabFolder other = new StateHome(folder.resolve("other")).lab("a");
        Map<String, Long> wanted = Map.of(BACKLOG.key(), 200L);
        raise("a", wanted);
        assertThat(namespace.call(() -> ledger.satisfied(other, wanted))).isFalse();
        namespace.call(() -> ledger.raise(other, wanted));

        assertThat(release("a")).isEmpty();
        assertThat(value(BACKLOG)).isEqualTo("200");
        assertThat(namespace.call(() -> ledger.release(other)))
                .containsExactly("net.core.somaxconn: 200 -> 100");
    }

    @Test
    void importsTheLedgerOfTheFirstRelease() throws IOException {
        set(BACKLOG, "200");
        Path noted = folder.resolve("sysctls.json");
        Files.writeString(
                noted,
                "{\"net.core.somaxconn\": {\"before\": 100, \"labs\": {\"a\": 200}, \"raisedTo\": 200}}");

        ledger.adopt(noted, new StateHome(folder));
        ledger.adopt(noted, new StateHome(folder));

        assertThat(noted).doesNotExist();
        assertThat(release("b")).isEmpty();
        assertThat(release("a")).containsExactly("net.core.somaxconn: 200 -> 100");
    }

    @Test
    void aLedgerWithoutAVersionIsReadAndOneOfANewerIsRefused() throws IOException {
        set(BACKLOG, "200");
        Path file = ledger.file().path();
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"net.core.somaxconn\": {\"before\": 100, \"raisedTo\": 200, \"labs\": {\"%s\": 200}}}"
                        .formatted(lab("a").path()));
        assertThat(release("a")).containsExactly("net.core.somaxconn: 200 -> 100");

        Files.writeString(file, "{\"format\":3}");
        assertThatThrownBy(() -> release("a"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("state-format");
                            assertThat(failure.remedy().text()).endsWith("rm " + file);
                        });
        assertThat(file).hasContent("{\"format\":3}");
    }

    private LabFolder lab(String name) throws IOException {
        return new StateHome(folder).lab(name);
    }

    private boolean satisfied(String lab, Map<String, Long> minimums) throws IOException {
        return namespace.call(() -> ledger.satisfied(lab(lab), minimums));
    }

    private List<String> raise(String lab, Map<String, Long> minimums) throws IOException {
        return namespace.call(() -> ledger.raise(lab(lab), minimums));
    }

    private List<String> release(String lab) throws IOException {
        return namespace.call(() -> ledger.release(lab(lab)));
    }

    private void set(Sysctl sysctl, String value) throws IOException {
        namespace.run(() -> sysctl.write(value));
    }

    private String value(Sysctl sysctl) throws IOException {
        return namespace.call(sysctl::read);
    }
}
