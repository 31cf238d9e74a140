package dev.cnilab.testbed;

import dev.cnilab.host.SearchPath;
import java.nio.file.Path;
import java.util.Optional;

/** An external program that tests use, with its Debian package. */
public enum Peer {
    BUSYBOX("busybox", "busybox-static"),
    CHROMIUM("chromium", "chromium"),
    CNI_PLUGINS("host-local", "containernetworking-plugins"),
    CONMON("conmon", "conmon"),
    CRUN("crun", "crun"),
    CURL("curl", "curl"),
    ETHTOOL("ethtool", "ethtool"),
    IP("ip", "iproute2"),
    IPTABLES("iptables-nft", "iptables"),
    KUBECTL("kubectl", "kubernetes-client"),
    NFT("nft", "nftables"),
    PODMAN("podman", "podman"),
    ROUTE("route", "net-tools"),
    SHELLCHECK("shellcheck", "shellcheck"),
    SYSCTL("sysctl", "procps"),
    TC("tc", "iproute2"),
    TCPDUMP("tcpdump", "tcpdump");

    /** Directories that are not on a Debian user's PATH: sbin, and that of CNI plugins. */
    private static final String MORE = ":/usr/sbin:/sbin:/usr/lib/cni";

    private final String program;
    private final String debianPackage;

    Peer(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** The name of its executable. */
    public String program() {
        return program;
    }

    public String debianPackage() {
        return debianPackage;
    }

    public Optional<Path> find() {
        return new SearchPath(System.getenv().getOrDefault("PATH", "") + MORE).find(program);
    }

    /** Its path, in a test annotated with {@link Needs}. */
    public Path path() {
        return find().orElseThrow(() -> new IllegalStateException("no " + program + " here"));
    }

    /** Another program of the same package, in the same directory. */
    public Path path(String other) {
        return path().resolveSibling(other);
    }
}
