package dev.cnilab.netlink.nft;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A complete table. Chains may jump to each other and use the sets in any order.
 *
 * @param name at most 255 characters
 */
public record Table(Family family, String name, List<NamedSet> sets, List<Chain> chains) {

    public Table {
        sets = List.copyOf(sets);
        chains = List.copyOf(chains);
    }

    /** Formats family and name as nft does: {@code ip lab-nat}. */
    String title() {
        return family + " " + name;
    }

    /** Returns the table's comment: a hash of its content, equal for equal tables. */
    String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(toString().getBytes(StandardCharsets.UTF_8));
            return "lab " + HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform supports SHA-256", e);
        }
    }
}
