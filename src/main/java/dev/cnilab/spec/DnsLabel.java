package dev.cnilab.spec;

import java.util.regex.Pattern;

/** Syntax of names that are used in host names (RFC 1123, section 2.1). */
final class DnsLabel {

    /** Leaves room for {@code -control-plane2} within a label's 63 octets. */
    static final int LONGEST_LAB_NAME = 40;

    static final String PATTERN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    /** RFC 1123, section 2.1: a label is at most 63 octets. */
    static final int LONGEST = 63;

    private static final Pattern LABEL = Pattern.compile(PATTERN);

    private DnsLabel() {}

    static boolean matches(String name) {
        return name.length() <= LONGEST && LABEL.matcher(name).matches();
    }
}
