package dev.cnilab.kube.schema;

import dev.cnilab.kube.ApiException;

/** Reads any bytes as a Kubernetes object in protobuf. */
public final class ProtobufFuzz {

    private ProtobufFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        try {
            Protobuf.read(data);
        } catch (ApiException e) {
            // Not an object.
        }
    }
}
