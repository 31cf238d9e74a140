package dev.cnilab.netlink.nft;

import java.util.List;

/**
 * A rule: expressions, evaluated from left to right while they match.
 *
 * @param comment shown by {@code nft list}; at most 127 bytes, empty for none
 */
public record Rule(String comment, List<Expr> exprs) {

    public Rule {
        exprs = List.copyOf(exprs);
    }

    public static Rule of(String comment, Expr... exprs) {
        return new Rule(comment, List.of(exprs));
    }
}
