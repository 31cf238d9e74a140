package dev.cnilab.cluster.kind;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A way in which kind fails, told apart by what it prints.
 *
 * @param sign found in kind's output
 * @param cause what it means, a sentence without its full stop
 * @param remedy what mends it
 */
record KnownTrouble(String id, Pattern sign, String cause, String remedy) {

    /** The particular before the general: the first that fits is told. */
    private static final List<KnownTrouble> ALL =
            List.of(
                    trouble(
                            "docker-absent",
                            "Cannot connect to the Docker daemon|error during connect"
                                    + "|docker\\.sock: connect|unexpected EOF|connection reset",
                            "the Docker engine went away",
                            "start it again: sudo systemctl start docker"),
                    trouble(
                            "docker-forbidden",
                            "permission denied while trying to connect to the Docker",
                            "this user may not use Docker",
                            "sudo usermod -aG docker $USER and log in again"),
                    trouble(
                            "no-space",
                            "no space left on device|disk quota exceeded",
                            "the disk is full",
                            "docker system df shows who takes the room; docker system prune frees some"),
                    trouble(
                            "cluster-name-taken",
                            "node\\(s\\) already exist for a cluster with the name",
                            "there is another kind cluster of that name",
                            "lab up --name OTHER, or kind delete cluster --name NAME"),
                    // kind 3940: a network that was made when the MTU was another
                    trouble(
                            "stale-network",
                            "network \\S+ not found|is ambiguous \\(\\d+ matches",
                            "the Docker network is gone, or there are two of its name",
                            "docker network ls shows them; docker network rm the wrong one"),
                    trouble(
                            "no-free-subnet",
                            "non-overlapping IPv[46] address pool|have been fully subnetted",
                            "Docker has no subnet left to give away",
                            "docker network prune"),
                    trouble(
                            "subnet-taken",
                            "Pool overlaps with other one",
                            "another Docker network has the subnet",
                            "docker network ls, docker network inspect NAME; other subnets in a copy of"
                                    + " the lab's file"),
                    // kind 2496
                    trouble(
                            "no-ipv6",
                            "Cannot read IPv6 setup for bridge|could not add IPv6|ip6tables",
                            "this machine's kernel or Docker has no IPv6",
                            "sysctl net.ipv6.conf.all.disable_ipv6 must be 0"),
                    // kind 2993
                    trouble(
                            "wrong-architecture",
                            "exec format error|no matching manifest for"
                                    + "|does not match the detected host platform",
                            "the node image is for another processor",
                            "choose an image of this machine's architecture: --node-image"),
                    // kind 1773
                    trouble(
                            "proxy",
                            "proxyconnect tcp|Proxy Authentication Required",
                            "the proxy does not let Docker pull",
                            "set the proxy of the Docker engine, and NO_PROXY for the nodes' subnet:"
                                    + " https://docs.docker.com/engine/daemon/proxy"),
                    trouble(
                            "image-not-found",
                            "failed to pull image|manifest unknown|manifest for .* not found"
                                    + "|pull access denied|No such image",
                            "the node image can't be had",
                            "docker pull IMAGE says more; --node-image takes another one"),
                    // kind 3317, 2972, 3758, 2586, 904
                    trouble(
                            "inotify-limits",
                            "could not find a log line that matches|too many open files"
                                    + "|Failed to (allocate|create) (inotify|control group|manager)",
                            "a node did not boot within kind's 30 s: most often the machine has run out"
                                    + " of inotify instances, or is very busy",
                            "sudo sysctl fs.inotify.max_user_instances=1024"
                                    + " fs.inotify.max_user_watches=1048576; fewer clusters, or"
                                    + " later"),
                    // kind rootless guide
                    trouble(
                            "cgroup",
                            "cgroup|[Dd]elegate|running kind with rootless provider",
                            "the nodes can't use the machine's cgroups",
                            "rootless Docker needs cgroup v2 with Delegate=yes:"
                                    + " https://kind.sigs.k8s.io/docs/user/rootless"),
                    // kind 1425, 3781
                    trouble(
                            "kubeconfig-locked",
                            "\\.lock: file exists",
                            "the kubeconfig is locked",
                            "another kind works on it, or died over it: remove the .lock file"),
                    trouble(
                            "kubeconfig-unwritable",
                            "failed to (lock config file|write kubeconfig|generate kubeconfig)"
                                    + "|kubeconfig.*permission denied",
                            "the kubeconfig can't be written",
                            "look who owns the lab's folder, and whether its file system is read-only"),
                    // kind 3795
                    trouble(
                            "image-digest",
                            "content digest .* not found",
                            "the node image is not whole",
                            "docker image rm IMAGE, and pull it again"),
                    trouble(
                            "port-taken",
                            "port is already allocated|address already in use",
                            "another program has the port of the API server",
                            "lab up tries another one"),
                    trouble(
                            "kind-too-old",
                            "unknown field|unknown apiVersion",
                            "this kind does not know the configuration",
                            "install a newer kind, or take it off the PATH"),
                    trouble(
                            "kubelet",
                            "kubelet isn't running or healthy|timed out waiting for the condition",
                            "Kubernetes did not come up in a node",
                            "give the machine more memory or less to do; the nodes' logs tell more"));

    private static KnownTrouble trouble(String id, String sign, String cause, String remedy) {
        return new KnownTrouble(id, Pattern.compile(sign), cause, remedy);
    }

    /** The first that fits. */
    static Optional<KnownTrouble> in(String output) {
        return ALL.stream().filter(each -> each.sign().matcher(output).find()).findFirst();
    }
}
