package dev.cnilab.trace.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.net.packet.Header;

/** Converts a header to JSON and back. */
public final class HeaderJson {

    private HeaderJson() {}

    /** The header's {@code type}, then its fields, named as in {@link Header}. */
    public static ObjectNode of(Header header) {
        return switch (header) {
            case Header.Ethernet h ->
                    object("ethernet")
                            .put("source", h.source().toString())
                            .put("destination", h.destination().toString())
                            .put("etherType", h.etherType());
            case Header.Vlan h -> object("vlan").put("id", h.id()).put("etherType", h.etherType());
            case Header.Cooked h ->
                    object("cooked")
                            .put("packetType", h.packetType())
                            .put("etherType", h.etherType());
            case Header.Arp h ->
                    object("arp")
                            .put("operation", h.operation())
                            .put("senderMac", h.senderMac().toString())
                            .put("senderIp", h.senderIp().toString())
                            .put("targetMac", h.targetMac().toString())
                            .put("targetIp", h.targetIp().toString());
            case Header.Ipv4 h ->
                    object("ipv4")
                            .put("source", h.source().toString())
                            .put("destination", h.destination().toString())
                            .put("protocol", h.protocol())
                            .put("ttl", h.ttl())
                            .put("tos", h.tos())
                            .put("id", h.id())
                            .put("dontFragment", h.dontFragment())
                            .put("moreFragments", h.moreFragments())
                            .put("fragmentOffset", h.fragmentOffset())
                            .put("totalLength", h.totalLength())
                            .put("headerLength", h.headerLength());
            case Header.Ipv6 h ->
                    object("ipv6")
                            .put("source", h.source().address())
                            .put("destination", h.destination().address())
                            .put("nextHeader", h.nextHeader())
                            .put("hopLimit", h.hopLimit())
                            .put("payloadLength", h.payloadLength());
            case Header.Icmp h ->
                    object("icmp")
                            .put("icmpType", h.type())
                            .put("code", h.code())
                            .put("rest", Integer.toUnsignedLong(h.rest()));
            case Header.Quote h ->
                    object("quote")
                            .put("source", h.source().toString())
                            .put("destination", h.destination().toString())
                            .put("protocol", h.protocol())
                            .put("id", h.id());
            case Header.Tcp h ->
                    object("tcp")
                            .put("sourcePort", h.sourcePort())
                            .put("destinationPort", h.destinationPort())
                            .put("sequence", h.sequence())
                            .put("acknowledgment", h.acknowledgment())
                            .put("flags", h.flags())
                            .put("window", h.window());
            case Header.Udp h ->
                    object("udp")
                            .put("sourcePort", h.sourcePort())
                            .put("destinationPort", h.destinationPort())
                            .put("length", h.length());
            case Header.Vxlan h -> object("vxlan").put("vni", h.vni());
            case Header.Unknown h -> object("unknown").put("what", h.what());
            case Header.Truncated h ->
                    object("truncated").put("header", h.header()).put("bytes", h.bytes());
        };
    }

    /**
     * @throws IllegalArgumentException if the type is unknown or an address is malformed
     */
    static Header read(JsonNode json) {
        return switch (json.path("type").asText()) {
            case "ethernet" ->
                    new Header.Ethernet(
                            mac(json, "source"),
                            mac(json, "destination"),
                            json.path("etherType").asInt());
            case "vlan" -> new Header.Vlan(json.path("id").asInt(), json.path("etherType").asInt());
            case "cooked" ->
                    new Header.Cooked(
                            json.path("packetType").asInt(), json.path("etherType").asInt());
            case "arp" ->
                    new Header.Arp(
                            json.path("operation").asInt(),
                            mac(json, "senderMac"),
                            address(json, "senderIp"),
                            mac(json, "targetMac"),
                            address(json, "targetIp"));
            case "ipv4" -> ipv4(json);
            case "ipv6" ->
                    new Header.Ipv6(
                            Ipv6Prefix.parse(json.path("source").asText() + "/128"),
                            Ipv6Prefix.parse(json.path("destination").asText() + "/128"),
                            json.path("nextHeader").asInt(),
                            json.path("hopLimit").asInt(),
                            json.path("payloadLength").asInt());
            case "icmp" ->
                    new Header.Icmp(
                            json.path("icmpType").asInt(),
                            json.path("code").asInt(),
                            (int) json.path("rest").asLong());
            case "quote" ->
                    new Header.Quote(
                            address(json, "source"),
                            address(json, "destination"),
                            json.path("protocol").asInt(),
                            json.path("id").asInt());
            case "tcp" ->
                    new Header.Tcp(
                            json.path("sourcePort").asInt(),
                            json.path("destinationPort").asInt(),
                            json.path("sequence").asLong(),
                            json.path("acknowledgment").asLong(),
                            json.path("flags").asInt(),
                            json.path("window").asInt());
            case "udp" ->
                    new Header.Udp(
                            json.path("sourcePort").asInt(),
                            json.path("destinationPort").asInt(),
                            json.path("length").asInt());
            case "vxlan" -> new Header.Vxlan(json.path("vni").asInt());
            case "unknown" -> new Header.Unknown(json.path("what").asText());
            case "truncated" ->
                    new Header.Truncated(json.path("header").asText(), json.path("bytes").asInt());
            default ->
                    throw new IllegalArgumentException(
                            "no header: type '" + json.path("type").asText() + "'");
        };
    }

    private static Header.Ipv4 ipv4(JsonNode json) {
        return new Header.Ipv4(
                address(json, "source"),
                address(json, "destination"),
                json.path("protocol").asInt(),
                json.path("ttl").asInt(),
                json.path("tos").asInt(),
                json.path("id").asInt(),
                json.path("dontFragment").asBoolean(),
                json.path("moreFragments").asBoolean(),
                json.path("fragmentOffset").asInt(),
                json.path("totalLength").asInt(),
                json.path("headerLength").asInt());
    }

    private static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static MacAddress mac(JsonNode json, String field) {
        return MacAddress.parse(json.path(field).asText());
    }

    private static Ipv4Address address(JsonNode json, String field) {
        return Ipv4Address.parse(json.path(field).asText());
    }
}
