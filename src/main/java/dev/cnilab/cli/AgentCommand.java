package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cluster.lease.KubernetesLeases;
import dev.cnilab.cni.agent.Agent;
import dev.cnilab.cni.agent.AgentOptions;
import dev.cnilab.cni.agent.NetConf;
import dev.cnilab.cni.backend.InterfaceChoice;
import dev.cnilab.cni.lease.LeaseSource;
import dev.cnilab.cni.lease.StaticLeases;
import dev.cnilab.cni.plugin.PluginInstaller;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "agent",
        description = {
            "Joins this machine to a pod network.",
            "Creates the tunnel, routes, rules and subnet.env, and serves the plugin. Options have",
            "flanneld's names."
        })
final class AgentCommand implements Callable<Integer> {

    /** The directory of the plugin, installed by the agent or by {@code lab cni install}. */
    private static final Path PLUGINS = Path.of("/opt/cni/bin");

    private final Context context;

    @Option(names = "--node", paramLabel = "NAME", description = "This node's name; NODE_NAME.")
    String node = "";

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Leases are a cluster's nodes; default: the pod's service account.")
    @Nullable Path kubeconfig;

    @Option(
            names = "--leases",
            paramLabel = "FILE",
            description = "Leases from a JSON file: {\"nodes\": [{node, subnet, publicIp}, ...]}.")
    @Nullable Path leases;

    @Option(
            names = "--net-conf",
            paramLabel = "FILE",
            defaultValue = "/etc/kube-flannel/net-conf.json",
            description = "Network and backend; default ${DEFAULT-VALUE}.")
    Path netConf = Path.of("");

    @Option(
            names = "--iface",
            paramLabel = "NAME",
            description = "The external interface, by name or address; repeatable.")
    List<String> iface = List.of();

    @Option(
            names = "--iface-regex",
            paramLabel = "REGEX",
            description = "The same, by a regular expression.")
    @Nullable Pattern ifaceRegex;

    @Option(
            names = "--iface-can-reach",
            paramLabel = "IP",
            description = "The same, by the route to an address.")
    @Nullable String ifaceCanReach;

    @Option(names = "--public-ip", paramLabel = "IP", description = "Publish this address.")
    @Nullable String publicIp;

    @Option(
            names = "--ip-masq",
            paramLabel = "true/false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Hide pods behind the node towards the outside; default true.")
    boolean masquerade;

    @Option(
            names = "--healthz-port",
            converter = IntRange.Port.class,
            paramLabel = "PORT",
            description = "Answer GET /healthz on this port of 127.0.0.1; default: none.")
    int healthzPort;

    @Option(
            names = "--conf-dir",
            paramLabel = "DIR",
            description = "Write the plugin's conflist to this directory once pods are reachable.")
    @Nullable Path confDir;

    @Mixin ConflistOption conflist = new ConflistOption();

    AgentCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String name = name();
        AgentOptions usual = AgentOptions.of(name, NetConf.read(netConf));
        AgentOptions options =
                new AgentOptions(
                        name,
                        usual.netConf(),
                        new InterfaceChoice(
                                iface,
                                Optional.ofNullable(ifaceRegex),
                                Optional.ofNullable(ifaceCanReach).map(Ipv4Address::parse)),
                        Optional.ofNullable(publicIp).map(Ipv4Address::parse),
                        masquerade,
                        usual.subnetEnv(),
                        usual.pluginSocket(),
                        usual.statusSocket(),
                        healthzPort == 0 ? OptionalInt.empty() : OptionalInt.of(healthzPort));
        Consumer<String> log = context.console().err()::println;
        String backendType = options.netConf().backend().type();
        Agent agent = Agent.start(options, leaseSource(name, backendType, log), log);
        if (confDir != null) {
            PluginInstaller installer = new PluginInstaller(PLUGINS, confDir);
            conflist.configure(installer);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(agent, log), "shutdown"));
        new CountDownLatch(1).await();
        return ExitCode.OK.number();
    }

    private String name() throws Failure {
        String name = node.isEmpty() ? context.environment().getOrDefault("NODE_NAME", "") : node;
        if (name.isEmpty()) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no-node-name",
                    "the agent does not know its node's name",
                    "",
                    "give --node NAME, or set NODE_NAME");
        }
        return name;
    }

    private LeaseSource leaseSource(String name, String backendType, Consumer<String> log)
            throws Failure {
        return leases == null
                ? KubernetesLeases.connect(
                        Optional.ofNullable(kubeconfig), context.environment(), name, log)
                : new StaticLeases(leases, name, backendType, log);
    }

    private static void close(Agent agent, Consumer<String> log) {
        try {
            agent.close();
        } catch (IOException e) {
            log.accept(String.valueOf(e.getMessage()));
        }
    }
}
