package dev.cnilab.kind;

import dev.cnilab.base.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A known error of kind, recognized by its output. The cause says no more than the sign shows.
 * Patterns match whole error messages (of kind, the engine, a program in the node), not single
 * words that successful runs print, too.
 *
 * @param sign pattern searched in {@link KindError}
 * @param cause the explanation, without a full stop
 */
record KnownErrors(String id, Pattern sign, String cause, Remedy remedy) {

    /** Specific errors before general ones: the first match is reported. */
    private static final List<KnownErrors> ALL =
            List.of(
                    trouble(
                            "docker-absent",
                            "[Cc]annot connect to the Docker daemon|error during connect: "
                                    + "|failed to connect to the docker API"
                                    + "|^(docker: )?(error waiting for container: )?unexpected EOF$",
                            "the Docker engine does not answer, or its connection broke",
                            "start the engine again: sudo systemctl restart docker"),
                    trouble(
                            "docker-forbidden",
                            "permission denied while trying to connect to the [Dd]ocker",
                            "this user may not use Docker",
                            "add it to the group docker and log in again, or run lab as root"),
                    // kind 3317, 2972, 3758, 2586, 904
                    trouble(
                            "inotify-limits",
                            "[Tt]oo many open files|failed to create inotify watch",
                            "the machine has run out of inotify instances or watches, or of open files",
                            Remedy.type(
                                    "sudo sysctl -w fs.inotify.max_user_instances=1024"
                                            + " fs.inotify.max_user_watches=1048576")),
                    trouble(
                            "node-boot",
                            "could not find a log line that matches",
                            "a node did not boot within kind's 30 s",
                            "the nodes' logs, whose directory the details name, show why"),
                    trouble(
                            "no-space",
                            "no space left on device|disk quota exceeded",
                            "the engine's disk or its quota has no space left",
                            "docker system df shows the disk usage; docker system prune frees space"),
                    trouble(
                            "cluster-name-taken",
                            "node\\(s\\) already exist for a cluster with the name",
                            "another kind cluster of that name exists",
                            "choose another name: lab up --name NAME; or delete that cluster: kind delete cluster"),
                    // kind 3940: a network created with another MTU
                    trouble(
                            "stale-network",
                            "Error response from daemon: .*network \\S+ (not found|is ambiguous)",
                            "the Docker network does not exist, or its name is not unique",
                            "docker network ls lists them; docker network rm the wrong one"),
                    trouble(
                            "no-free-subnet",
                            "non-overlapping IPv[46] address pool|have been fully subnetted",
                            "Docker has no free subnet",
                            "remove unused networks: docker network prune"),
                    trouble(
                            "subnet-taken",
                            "Error response from daemon: .*Pool overlaps with other one",
                            "another Docker network has the subnet",
                            "docker network ls, docker network inspect NAME; set other subnets in a copy of"
                                    + " the lab's file"),
                    // kind 2496
                    trouble(
                            "no-ipv6",
                            "Cannot read IPv6 setup for bridge|could not add IPv6|ip6tables failed: ",
                            "Docker could not set up IPv6",
                            Remedy.type("sudo sysctl -w net.ipv6.conf.all.disable_ipv6=0")
                                    .with("where the kernel has IPv6")),
                    // kind 2993
                    trouble(
                            "wrong-architecture",
                            "exec format error|no matching manifest for",
                            "the node image is for another architecture",
                            "choose an image of this machine's architecture: --node-image"),
                    // kind 1773
                    trouble(
                            "proxy",
                            "proxyconnect tcp|Proxy Authentication Required",
                            "the proxy did not let Docker pull the image",
                            "set the proxy of the Docker engine, and NO_PROXY for the nodes' subnet:"
                                    + " https://docs.docker.com/engine/daemon/proxy"),
                    trouble(
                            "image-not-found",
                            "failed to create cluster: failed to pull image"
                                    + "|Error response from daemon: (manifest for |pull access denied|No such image)",
                            "the node image cannot be pulled",
                            "docker pull IMAGE shows why; --node-image selects another one"),
                    // kind rootless guide
                    trouble(
                            "cgroup",
                            "running kind with rootless provider requires ",
                            "the nodes can't use the machine's cgroups",
                            "rootless Docker needs cgroup v2 with Delegate=yes:"
                                    + " https://kind.sigs.k8s.io/docs/user/rootless"),
                    // kind 1425, 3781
                    trouble(
                            "kubeconfig-locked",
                            "failed to lock config file: .*: file exists",
                            "the kubeconfig is locked",
                            "where no other kind runs, remove the .lock file that the details name"),
                    trouble(
                            "kubeconfig-unwritable",
                            "failed to (lock config file|write KUBECONFIG"
                                    + "|create directory for KUBECONFIG): ",
                            "the kubeconfig can't be written",
                            "check who owns the lab's folder, and whether its file system is read-only"),
                    // kind 3795
                    trouble(
                            "image-digest",
                            "content digest sha256:\\w+: not found",
                            "the node image is incomplete",
                            "docker image rm IMAGE, and pull it again"),
                    trouble(
                            "port-taken",
                            "Error response from daemon: .*(port is already allocated|address already in use)",
                            "a port of the nodes is taken",
                            "ss -tlnp shows by which program"),
                    trouble(
                            "kind-too-old",
                            "unable to decode config: |unknown apiVersion: ",
                            "this version of kind does not support the configuration",
                            "install a newer kind, or remove it from the PATH"),
                    trouble(
                            "kubelet",
                            "kubelet (isn't running or|is not) healthy|timed out waiting for the condition",
                            "kubeadm waited in vain for the kubelet or for a condition",
                            "the nodes' logs, whose directory the details name, show why"));

    private static KnownErrors trouble(String id, String sign, String cause, String advice) {
        return trouble(id, sign, cause, Remedy.advise(advice));
    }

    private static KnownErrors trouble(String id, String sign, String cause, Remedy remedy) {
        return new KnownErrors(id, Pattern.compile(sign, Pattern.MULTILINE), cause, remedy);
    }

    static List<KnownErrors> all() {
        return ALL;
    }

    /** The first match. */
    static Optional<KnownErrors> in(KindError error) {
        return ALL.stream().filter(each -> error.shows(each.sign())).findFirst();
    }
}
