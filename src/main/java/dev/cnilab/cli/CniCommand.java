package dev.cnilab.cli;

import dev.cnilab.cni.agent.Agent;
import dev.cnilab.cni.plugin.JavaRuntime;
import dev.cnilab.cni.plugin.PluginInstaller;
import dev.cnilab.cni.plugin.Remains;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "cni", description = "Installs the CNI plugin on this machine, or takes it away.")
final class CniCommand implements Runnable {

    @Spec @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "say install or uninstall");
        }
    }

    /** Where a container runtime looks. */
    static final class Directories {

        @Option(
                names = "--bin-dir",
                paramLabel = "DIR",
                defaultValue = "/opt/cni/bin",
                description = "The runtime's plugins; default ${DEFAULT-VALUE}.")
        Path bin = Path.of("");

        @Option(
                names = "--conf-dir",
                paramLabel = "DIR",
                defaultValue = "/etc/cni/net.d",
                description = "The runtime's configurations; default ${DEFAULT-VALUE}.")
        Path conf = Path.of("");

        PluginInstaller installer() {
            return new PluginInstaller(bin, conf);
        }
    }

    @Command(name = "install", description = "Puts plugin and conflist where a runtime finds them.")
    static final class Install implements Callable<Integer> {

        private final Context context;

        @Mixin Directories directories = new Directories();

        @Option(
                names = "--conflist",
                paramLabel = "FILE",
                description = "Another configuration than the usual one, named cbr0.")
        @Nullable Path conflist;

        @Option(
                names = "--plugin-only",
                description = "Leave the configuration to the agent, which writes it when it runs.")
        boolean pluginOnly;

        Install(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            PluginInstaller installer = directories.installer();
            installer.install(JavaRuntime.current());
            if (!pluginOnly) {
                // With --plugin-only there is an agent to answer.
                prepare(installer);
                Conflist.configure(installer, Optional.ofNullable(conflist));
            }
            context.console().err().println("installed into " + directories.bin);
            return ExitCode.OK.number();
        }

        private void prepare(PluginInstaller installer) {
            try {
                installer.rehearse();
            } catch (IOException e) {
                context.console()
                        .err()
                        .println(
                                "no fast start is prepared for calls without an agent: "
                                        + e.getMessage());
            }
        }
    }

    @Command(
            name = "uninstall",
            description = {
                "Takes away what install and an agent that has stopped left here; repeatable.",
                "The pods' bridge and addresses stay while pods hang on it."
            })
    static final class Uninstall implements Callable<Integer> {

        private final Context context;

        @Mixin Directories directories = new Directories();

        Uninstall(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            directories.installer().uninstall();
            Agent.uninstall();
            if (!Remains.delete()) {
                context.console()
                        .err()
                        .println("pods still hang on cni0: it stays until they are gone; repeat");
            }
            return ExitCode.OK.number();
        }
    }
}
