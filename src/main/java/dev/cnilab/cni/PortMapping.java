package dev.cnilab.cni;

import dev.cnilab.net.Ipv4Address;

/**
 * A mapping of a host port to a container port: CNI's {@code portMappings} capability.
 *
 * @param hostIp the host address to which it is bound; {@link Ipv4Address#ANY} for all
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

    /** Checks whether both use the same host port and address. */
    public boolean clashesWith(PortMapping other) {
        boolean sameAddress =
                hostIp.equals(other.hostIp)
                        || hostIp.equals(Ipv4Address.ANY)
                        || other.hostIp.equals(Ipv4Address.ANY);
        return sameAddress && protocol == other.protocol && hostPort == other.hostPort;
    }

    /** Formats the mapping as {@code TCP 0.0.0.0 8080 80}, which {@link #parse} reads. */
    @Override
    public String toString() {
        return protocol + " " + hostIp + " " + hostPort + " " + containerPort;
    }

    /**
     * Parses the format of {@link #toString}.
     *
     * @throws IllegalArgumentException for any other text
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
