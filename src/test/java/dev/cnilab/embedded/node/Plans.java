package dev.cnilab.embedded.node;

import dev.cnilab.cluster.Node;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Creates plans of clusters for tests, each with a unique lab name. */
public final class Plans {

    private Plans() {}

    /** Creates a plan with one control plane and {@code nodes - 1} workers. */
    public static ClusterPlan of(int nodes) {
        String lab = "t-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
        List<NodePlan> plans = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            String name =
                    i == 0 ? lab + "-control-plane" : lab + "-worker" + (i == 1 ? "" : "" + i);
            plans.add(
                    new NodePlan(
                            name,
                            i == 0 ? Node.Role.CONTROL_PLANE : Node.Role.WORKER,
                            new Ipv4Prefix(Ipv4Address.parse("172.18.0.2").plus(i), 16),
                            Ipv6Prefix.parse("fd00:172:18:1::/64").host(2 + i)));
        }
        return new ClusterPlan(
                lab,
                Ipv4Prefix.parse("172.18.0.1/16"),
                Ipv6Prefix.parse("fd00:172:18:1::1/64"),
                Ipv4Prefix.parse("10.244.0.0/16"),
                Ipv4Prefix.parse("10.96.0.0/16"),
                "v1.27.3",
                lab + "-control-plane",
                "/root/startup_monitor.txt",
                plans);
    }
}
