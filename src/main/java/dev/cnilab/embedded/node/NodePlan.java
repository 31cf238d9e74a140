package dev.cnilab.embedded.node;

import dev.cnilab.cluster.Node;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;

/**
 * The plan of a node.
 *
 * @param name also of its namespace
 * @param ipv4 its address on the network of the nodes, with that network's length
 * @param ipv6 likewise
 */
public record NodePlan(String name, Node.Role role, Ipv4Prefix ipv4, Ipv6Prefix ipv6) {}
