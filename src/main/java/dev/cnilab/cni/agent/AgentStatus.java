package dev.cnilab.cni.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.backend.TunnelState;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.HttpResponse;

/**
 * The agent's status.
 *
 * @param ready whether device, routes and rules are in place and the lease is published
 * @param peers number of other nodes
 */
record AgentStatus(
        String node,
        Ipv4Prefix network,
        Ipv4Prefix subnet,
        Ipv4Address publicIp,
        TunnelState tunnel,
        int peers,
        boolean ready) {

    /**
     * Answers {@code GET /healthz} with 200 when the agent is ready, else 503; {@code GET /status}
     * with the whole status.
     */
    HttpResponse answer(HttpRequest request) {
        return switch (request.method() + " " + request.target()) {
            case "GET /healthz" ->
                    ready ? HttpResponse.text(200, "ok\n") : HttpResponse.text(503, "not ready\n");
            case "GET /status" -> HttpResponse.json(200, toJson());
            default -> HttpResponse.text(404, "GET /healthz or /status\n");
        };
    }

    private String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", node)
                .put("network", network.toString())
                .put("subnet", subnet.toString())
                .put("publicIp", publicIp.toString())
                .put("interface", tunnel.external().name())
                .put("tunnel", tunnel.driver().label())
                .put("mtu", tunnel.mtu())
                .put("peers", peers)
                .put("ready", ready);
        return json.toString() + "\n";
    }
}
