package dev.cnilab.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnilab.base.Failure;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.kube.tls.Kubeconfig;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Peer.KUBECTL)
class UserKubeconfigIT {

    @TempDir Path temp;

    @Test
    void kubectlFindsTheContextNextToTheUsersOwn() throws IOException {
        Path own = temp.resolve("own");
        new Kubeconfig("inside", URI.create("https://127.0.0.1:7443"), "PEM", "t0ken").write(own);
        Path users = Files.writeString(temp.resolve("config"), UserKubeconfigTest.USERS);

        UserKubeconfig.of("demo", temp).merge(own, users);

        assertThat(kubectl(users, "get-contexts", "-o", "name")).isEqualTo("lab-demo\nwork\n");
        assertThat(kubectl(users, "current-context")).isEqualTo("work\n");
        assertThat(kubectl(users, "view", "--raw", "--minify", "--context=lab-demo"))
                .contains("server: https://127.0.0.1:7443", "token: t0ken");
    }

    @Test
    @TypesRemedyOf("cluster.kubeconfig.UserKubeconfig.requireFree")
    void aNameThatIsTakenIsFreedAsPrinted() throws IOException {
        Path own = temp.resolve("own");
        new Kubeconfig("inside", URI.create("https://127.0.0.1:7443"), "PEM", "t0ken").write(own);
        Path folder = Files.createDirectory(temp.resolve("user's"));
        Path users = folder.resolve("config");
        new Kubeconfig("lab-demo", URI.create("https://127.0.0.1:7444"), "PEM", "t0ken")
                .write(users);
        UserKubeconfig lab = UserKubeconfig.of("demo", temp);

        Failure failure = catchThrowableOfType(Failure.class, () -> lab.merge(own, users));
        assertThat(failure.id()).isEqualTo("kubeconfig-name-taken");
        TypedFix.here(temp).type(failure.remedy().script());

        lab.merge(own, users);
        assertThat(kubectl(users, "view", "--raw", "--minify", "--context=lab-demo"))
                .contains("server: https://127.0.0.1:7443");
    }

    private static String kubectl(Path kubeconfig, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of(Peer.KUBECTL.path().toString(), "config"));
        argv.addAll(List.of(arguments));
        ExecResult result =
                Command.of(argv)
                        .withEnvironment(Map.of("KUBECONFIG", kubeconfig.toString()))
                        .run(Duration.ofSeconds(20));
        assertThat(result.ok()).as(result.describe()).isTrue();
        return result.stdout();
    }
}
