package dev.cnilab.netlink.nft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain: an ordered list of rules.
 *
 * @param hook null for a regular chain, which is only jumped to
 */
public record Chain(String name, @Nullable Hook hook, List<Rule> rules) {

    public Chain {
        rules = List.copyOf(rules);
    }

    public static Chain base(String name, Hook hook, Rule... rules) {
        return new Chain(name, hook, List.of(rules));
    }

    public static Chain regular(String name, Rule... rules) {
        return new Chain(name, null, List.of(rules));
    }
}
