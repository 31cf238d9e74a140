package dev.cnilab.netlink.nft;

/** A verdict on a packet. */
public sealed interface RuleVerdict extends Expr {

    record Accept() implements RuleVerdict {}

    record Drop() implements RuleVerdict {}

    /** Continues after the jump to this chain; in a base chain, applies its policy. */
    record Return() implements RuleVerdict {}

    /** Continues in that chain and returns here at its end. */
    record Jump(String chain) implements RuleVerdict {}

    /** Continues in that chain, whose end returns to where this chain was jumped to from. */
    record Goto(String chain) implements RuleVerdict {}
}
