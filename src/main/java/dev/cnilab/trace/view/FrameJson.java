package dev.cnilab.trace.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Packet;
import java.util.Locale;

/** A captured frame as a JSON object, its headers outermost first. */
public final class FrameJson {

    private FrameJson() {}

    public static ObjectNode of(Frame frame) {
        Packet packet = frame.decode();
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("time", frame.time().toString())
                        .put("interface", frame.interfaceName())
                        .put("direction", frame.direction().name().toLowerCase(Locale.ROOT))
                        .put("linkType", frame.linkType().number())
                        .put("length", frame.wireLength())
                        .put("captured", frame.bytes().length);
        ArrayNode headers = json.putArray("headers");
        packet.headers().forEach(header -> headers.add(HeaderJson.of(header)));
        return json.put("payload", packet.payloadLength()).put("truncated", packet.truncated());
    }
}
