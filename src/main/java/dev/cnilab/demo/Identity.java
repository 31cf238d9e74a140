package dev.cnilab.demo;

import dev.cnilab.host.Sysctl;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.Map;

/**
 * The pod that answers.
 *
 * @param interfaceName of the pod's network, usually {@code eth0}
 */
record Identity(String podName, String interfaceName, Ipv4Prefix address) {

    /**
     * Detects this pod: its name from POD_NAME, HOSTNAME or the kernel; its address from the first
     * non-loopback interface.
     *
     * @throws IOException when it has no IPv4 address
     */
    static Identity detect(Map<String, String> environment) throws IOException {
        String name =
                environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", ""));
        for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
            for (InterfaceAddress address : link.getInterfaceAddresses()) {
                if (!link.isLoopback() && address.getAddress() instanceof Inet4Address ip) {
                    return new Identity(
                            name.isEmpty() ? new Sysctl("kernel.hostname").read() : name,
                            link.getName(),
                            new Ipv4Prefix(
                                    Ipv4Address.of(ip.getAddress()),
                                    address.getNetworkPrefixLength()));
                }
            }
        }
        throw new IOException(
                "this pod has no IPv4 address except the loopback's; is the CNI running?");
    }

    /** Returns the tutorial's response. */
    String line() {
        return "PodName: " + podName + " | PodIP: " + interfaceName + " " + address + "\n";
    }
}
