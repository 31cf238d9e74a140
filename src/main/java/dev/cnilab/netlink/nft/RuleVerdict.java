package dev.cnilab.netlink.nft;

/** What becomes of a packet. */
public sealed interface RuleVerdict extends Expr {

    record Accept() implements RuleVerdict {}

    record Drop() implements RuleVerdict {}

    /** Back to the chain that jumped here; in a base chain, its policy. */
    record Return() implements RuleVerdict {}

    /** To that chain, and back here at its end. */
    record Jump(String chain) implements RuleVerdict {}

    /** To that chain, and at its end to where this one was jumped from. */
    record Goto(String chain) implements RuleVerdict {}
}
