package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.cnilab.host.Command;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.Manifests;
import dev.cnilab.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lab with flannel itself, as far as it can be tested without flannel's images. LAB_KIND_LAB is
 * a kind lab that is up.
 */
@Tag("kind-lab")
class UpstreamOnKindIT {

    private static final String UPSTREAM = "flannel-ipip-upstream";
    private static final String CONTAINERS = "docker ps -aq; docker network ls -q; ./lab list";

    @TempDir private Path folder;

    private final TypedLab kind;

    UpstreamOnKindIT() throws IOException {
        kind = TypedLab.kind(System.getenv("LAB_KIND_LAB"));
    }

    /** A dry run needs an existing namespace: it is created first, and deleted afterwards. */
    @Test
    void realApiServerAcceptsItsManifest() throws Exception {
        LabSpec lab = SpecLoader.load(UPSTREAM);
        Path manifest = folder.resolve("flannel.yaml");
        Files.writeString(manifest, new Manifests(lab, "unused").cni().orElseThrow());

        kind.type("kubectl create namespace kube-flannel");
        try {
            assertThat(kind.type("kubectl apply --dry-run=server -f " + manifest))
                    .contains("daemonset.apps/kube-flannel-ds created (server dry run)")
                    .contains("configmap/kube-flannel-cfg created (server dry run)")
                    .doesNotContain("exit code", "rror");
        } finally {
            kind.type("kubectl delete namespace kube-flannel");
        }
    }

    @Test
    void withoutTheDriverNothingIsCreated() throws IOException {
        assumeFalse(hasDriver(), "this kernel has the ipip driver");
        String before = kind.type(CONTAINERS);

        assertThat(kind.type("./lab up " + UPSTREAM + " --provider kind"))
                .contains("error[flannel-ipip]", "needs the kernel's ipip driver", "exit code 3");
        assertThat(kind.type(CONTAINERS)).isEqualTo(before);
    }

    private static boolean hasDriver() throws IOException {
        return Command.of("unshare", "--net", "ip", "link", "add", "trial", "type", "ipip")
                .run(Duration.ofSeconds(10))
                .ok();
    }
}
