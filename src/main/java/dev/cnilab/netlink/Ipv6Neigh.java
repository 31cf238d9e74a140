package dev.cnilab.netlink;

import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the IPv6 neighbour table.
 *
 * @param dev index of the link
 * @param dst of length 128
 * @param mac null while unresolved
 */
public record Ipv6Neigh(int dev, Ipv6Prefix dst, @Nullable MacAddress mac, Neigh.State state) {

    static Ipv6Neigh decode(Reply reply) throws MalformedMessageException {
        Attributes attributes = reply.attributes(Neighs.NDMSG);
        byte[] dst = attributes.bytes(Neighs.NDA_DST, 16);
        if (dst == null) {
            throw new MalformedMessageException("an IPv6 neighbour without an address");
        }
        return new Ipv6Neigh(
                reply.s32(4),
                Ipv6Prefix.of(dst, 128),
                Neighs.mac(attributes),
                Neigh.State.of(reply.u16(8)));
    }
}
