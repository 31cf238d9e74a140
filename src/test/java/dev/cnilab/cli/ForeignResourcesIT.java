package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.Scene;
import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Family;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.Nftables;
import dev.cnilab.netlink.nft.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources of other users with names similar to a lab's are not touched by up and down. */
class ForeignResourcesIT {

    private static final Duration UP = Duration.ofMinutes(4);

    /** Names that the lab {@code by}, its nodes or its pods could have. */
    private static final List<String> NAMESPACES =
            List.of(
                    "by",
                    "by.network",
                    "by-worker2",
                    "by-worker10.default.demo",
                    "by-control-plane2",
                    "by-worker-2",
                    "taken-worker",
                    "taken.net");

    @TempDir private Path folder;
    private Machine machine;
    private ForeignNamespaces namespaces;

    @BeforeEach
    void start() throws Exception {
        machine = Machine.start(Files.createDirectory(folder.resolve("state")));
        namespaces = ForeignNamespaces.on(machine, NAMESPACES);
        strangers();
    }

    @AfterEach
    void end() throws Exception {
        namespaces.close();
        machine.close();
    }

    @Test
    void resourcesOfOthersAreNotTouched() throws Exception {
        Snapshot strangers = Snapshot.of(machine);

        fails(3, lab("up", "flannel-ipip", "--name", "taken"));
        fails(4, lab("down", "taken"));
        fails(4, lab("down", "by"));
        strangers.assertSameOn(machine);

        succeeds(lab("up", "flannel-ipip", "--name", "by", "--no-verify"));
        fails(2, lab("up", "flannel-ipip", "--name", "by", "--provider", "kind"));
        succeeds(lab("up", "flannel-ipip", "--name", "other", "--no-verify"));
        machine.killDaemon("by");
        succeeds(lab("up", "flannel-ipip", "--name", "by", "--no-verify"));
        succeeds(lab("down", "by"));
        interrupted("up", "flannel-ipip", "--name", "by", "--no-verify");
        succeeds(lab("down", "--all"));
        succeeds(lab("down", "--all"));

        strangers.assertSameOn(machine);
        assertThat(namespaces.areAlive()).isTrue();
    }

    private void strangers() throws Exception {
        machine.network()
                .run(() -> {
                    // The kernel assigns its addresses some time later.
                    new Sysctl("net.ipv6.conf.default.disable_ipv6").write("1");
                    new Sysctl("net.core.somaxconn").write("5000");
                    new Sysctl("net.ipv4.ip_forward").write("1");
                });
        Scene.in(machine.network())
                .bridge("cni0")
                .bridge("br-kind")
                .veth("vethac120002", "flannel.ipip", null)
                .address("172.18.0.1/16", "br-kind")
                .up("br-kind");
        try (Nftables nftables = Nftables.open(machine.network())) {
            for (String name : List.of("lab-proxy", "lab-ipip", "lab-trial")) {
                nftables.replace(
                        new Table(
                                Family.IP,
                                name,
                                List.of(),
                                List.of(
                                        Chain.base(
                                                "forward",
                                                Hook.filter(Hook.Point.FORWARD, Hook.FILTER)))));
            }
        }
        for (String file :
                List.of(
                        "/run/lab-cni/agent.sock",
                        "/run/flannel/subnet.env",
                        "/run/lab.pid",
                        "/tmp/lab-trial-1/net",
                        "/tmp/lab-node-1/root",
                        machine.state() + "/lab/notes",
                        machine.state() + "/lab/labs/by.old/lab.yaml")) {
            machine.run("sh", "-c", "mkdir -p \"${0%/*}\" && echo mine >\"$0\"", file);
        }
    }

    private ExecResult lab(String... args) throws IOException {
        return machine.lab(args);
    }

    private void interrupted(String... args) throws Exception {
        Process up = machine.start(args);
        JournalWatch.awaitBegun(machine.folder("by"), "install-cni", up);
        Machine.signal(up, "KILL");
        Command.await(List.of(args), up, UP);
    }

    private static void succeeds(ExecResult result) {
        fails(0, result);
    }

    private static void fails(int code, ExecResult result) {
        assertThat(result.exitCode()).as(result.describe()).isEqualTo(code);
    }
}
