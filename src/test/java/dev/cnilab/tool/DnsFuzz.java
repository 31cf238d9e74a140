package dev.cnilab.tool;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads any bytes as the answer of a DNS server. */
public final class DnsFuzz {

    private DnsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        for (DnsMessage.RecordType type : DnsMessage.RecordType.values()) {
            try {
                DnsMessage.parse(ByteBuffer.wrap(data), type);
            } catch (IOException e) {
                // Not an answer.
            }
        }
    }
}
