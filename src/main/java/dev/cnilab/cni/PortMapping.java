package dev.cnilab.cni;

import dev.cnilab.net.Ipv4Address;

/**
 * A port of the host that leads to one of a container: CNI's {@code portMappings} capability.
 *
 * @param hostIp the host's address that it is bound to; {@link Ipv4Address#ANY} for all
 * @param hostPort 1 to 65535
 * @param containerPort 1 to 65535
 */
public record PortMapping(Protocol protocol, Ipv4Address hostIp, int hostPort, int containerPort) {

    /** Transport protocols that have ports. */
    public enum Protocol {
        TCP,
        UDP,
        SCTP
    }

    public PortMapping {
        if (hostPort < 1 || hostPort > 65535 || containerPort < 1 || containerPort > 65535) {
            throw new IllegalArgumentException(
                    "port mapping " + hostPort + ":" + containerPort + ": ports are 1 to 65535");
        }
    }

    /** Whether both want the same port of the same address. */
    public boolean clashesWith(PortMapping other) {
        boolean sameAddress =
                hostIp.equals(other.hostIp)
                        || hostIp.equals(Ipv4Address.ANY)
                        || other.hostIp.equals(Ipv4Address.ANY);
        return sameAddress && protocol == other.protocol && hostPort == other.hostPort;
    }

    /** {@code TCP 0.0.0.0 8080 80}; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return protocol + " " + hostIp + " " + hostPort + " " + containerPort;
    }

    /**
     * @throws IllegalArgumentException when {@link #toString} did not write this
     */
    public static PortMapping parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("not a port mapping: '" + text + "'");
        }
        return new PortMapping(
                Protocol.valueOf(words[0]),
                Ipv4Address.parse(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]));
    }
}
