package dev.cnilab.netlink;

import java.util.List;

/** Decodes any bytes as netlink replies of each kind. */
public final class NetlinkFuzz {

    private static final List<Decoder<?>> DECODERS =
            List.of(
                    LinkMessages::decode,
                    Addrs::decode,
                    Neighs::decode,
                    Routes::decode,
                    Ipv6Neigh::decode,
                    Ipv6Route::decode);

    private NetlinkFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        try {
            for (Reply reply : Reply.parse(data)) {
                for (Decoder<?> decoder : DECODERS) {
                    decode(decoder, reply);
                }
            }
        } catch (MalformedMessageException e) {
            // Not a datagram.
        }
    }

    private static void decode(Decoder<?> decoder, Reply reply) {
        try {
            decoder.decode(reply);
        } catch (MalformedMessageException e) {
            // Not such a message.
        }
    }
}
