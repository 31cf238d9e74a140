package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cni.agent.Agent;
import dev.cnilab.cni.plugin.AttachedPod;
import dev.cnilab.cni.plugin.Cordon;
import dev.cnilab.cni.plugin.JavaRuntime;
import dev.cnilab.cni.plugin.OrphanedState;
import dev.cnilab.cni.plugin.PluginInstaller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "cni", description = "Installs the CNI plugin on this machine, or removes it.")
final class CniCommand implements Runnable {

    @Spec @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "use install, list, cordon, uncordon or uninstall");
        }
    }

    /** The directories of the container runtime. */
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

    @Command(
            name = "install",
            description = "Installs plugin and conflist for the container runtime.")
    static final class Install implements Callable<Integer> {

        private final Context context;

        @Mixin Directories directories = new Directories();

        @Mixin ConflistOption conflist = new ConflistOption();

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
                // With --plugin-only the agent serves calls.
                prepare(installer);
                conflist.configure(installer);
            }
            context.console().err().println("installed into " + directories.bin);
            return ExitCode.OK.number();
        }

        private void prepare(PluginInstaller installer) {
            try {
                installer.trainAotCache();
            } catch (IOException e) {
                context.console()
                        .err()
                        .println("no AOT cache for calls without an agent: " + e.getMessage());
            }
        }
    }

    @Command(name = "list", description = "Lists the pods whose network was set up by the plugin.")
    static final class ListPods implements Callable<Integer> {

        private final Context context;

        ListPods(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            OrphanedState.attached().forEach(context.console().out()::println);
            return ExitCode.OK.number();
        }
    }

    @Command(
            name = "cordon",
            description = {
                "Makes the plugin reject new pods. Existing ones keep their network and can be",
                "deleted. Until uncordon, uninstall or a reboot."
            })
    static final class PutCordon implements Callable<Integer> {

        @Override
        public Integer call() throws IOException {
            Cordon.put();
            return ExitCode.OK.number();
        }
    }

    @Command(name = "uncordon", description = "Makes the plugin accept new pods again.")
    static final class LiftCordon implements Callable<Integer> {

        @Override
        public Integer call() throws IOException {
            Cordon.lift();
            return ExitCode.OK.number();
        }
    }

    @Command(
            name = "uninstall",
            description = {
                "Removes what install and an agent that was stopped left here; repeatable.",
                "Rejected, without changes, while pods use the plugin's network."
            })
    static final class Uninstall implements Callable<Integer> {

        @Mixin Directories directories = new Directories();

        @Option(names = "--force", description = "Remove the network of such pods, too.")
        boolean force;

        @Override
        public Integer call() throws IOException {
            boolean cordoned = Cordon.isPut();
            Cordon.put();
            List<AttachedPod> pods = OrphanedState.attached();
            if (!pods.isEmpty() && !force) {
                if (!cordoned) {
                    Cordon.lift();
                }
                throw new Failure(
                        Failure.Kind.PROVIDER,
                        "pods-attached",
                        "pods use the plugin's network",
                        pods.stream().map(AttachedPod::toString).collect(Collectors.joining("\n")),
                        "delete them first; --force removes their network");
            }
            directories.installer().uninstall();
            Agent.uninstall();
            OrphanedState.delete();
            Cordon.lift();
            return ExitCode.OK.number();
        }
    }
}
