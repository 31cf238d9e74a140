package dev.cnilab.cni.http;

import java.io.IOException;

/** What came is no request. */
final class MalformedRequestException extends IOException {

    MalformedRequestException(String why) {
        super("malformed request: " + why);
    }
}
