package dev.cnilab.cni.backend;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;

/** A single change of this node's links or routes. */
sealed interface Operation {

    record DeleteDevice() implements Operation {}

    record CreateDevice(Ipv4Address local) implements Operation {}

    /**
     * Sets a link's MTU.
     *
     * @param mtu bytes
     */
    record SetMtu(String dev, int mtu) implements Operation {}

    record AddAddress(Ipv4Prefix address) implements Operation {}

    record DeleteAddress(Ipv4Prefix address) implements Operation {}

    record SetUp() implements Operation {}

    /** Adds a route, replacing one with the same destination. */
    record PutRoute(PeerRoute route) implements Operation {}

    record DeleteRoute(PeerRoute route) implements Operation {}
}
