package dev.cnilab.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAccountTest {

    private static final Map<String, String> POD =
            Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "443");

    @TempDir private Path folder;

    @Test
    void readsTheKubeletsMount() throws Exception {
        Files.writeString(folder.resolve("token"), "first\n");
        Config config = ServiceAccount.of(POD, folder).config();
        assertThat(config.getMasterUrl()).startsWith("https://10.96.0.1:443");
        assertThat(config.getCaCertFile()).isEqualTo(folder.resolve("ca.crt").toString());
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");
        Files.writeString(folder.resolve("token"), "renewed");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("renewed");
    }

    @Test
    void ipv6AddressIsBracketed() throws Exception {
        Files.writeString(folder.resolve("token"), "t");
        Map<String, String> pod =
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443");
        assertThat(ServiceAccount.of(pod, folder).config().getMasterUrl())
                .startsWith("https://[fd00::1]:443");
    }

    @Test
    void outsideOfAPodTheFixNamesTheOptions() {
        assertThatThrownBy(() -> ServiceAccount.of(Map.of(), folder))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("no-service-account");
                            assertThat(failure.evidence()).contains("KUBERNETES_SERVICE_HOST");
                            assertThat(failure.remedy().text())
                                    .contains("--kubeconfig", "--leases");
                        });
        assertThatThrownBy(() -> ServiceAccount.of(POD, folder))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.evidence()).contains("token can't be read"));
    }
}
