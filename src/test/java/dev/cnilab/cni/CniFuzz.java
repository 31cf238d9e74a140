package dev.cnilab.cni;

import java.util.Map;

/** Reads any bytes as a plugin's configuration and a request. */
public final class CniFuzz {

    private CniFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        try {
            CniRequest.of(
                    CniCommand.CHECK,
                    Map.of(
                            "CNI_CONTAINERID", "c",
                            "CNI_NETNS", "/run/netns/x",
                            "CNI_IFNAME", "eth0",
                            "CNI_PATH", "/"),
                    NetworkConfig.parse(data));
        } catch (CniException e) {
            // Not a configuration.
        }
    }
}
