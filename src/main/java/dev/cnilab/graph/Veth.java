package dev.cnilab.graph;

/**
 * A veth pair.
 *
 * @param inner the end in a pod, or in a node when the other is outside
 * @param outer the end in the node, or outside
 */
public record Veth(Port inner, Port outer) {}
