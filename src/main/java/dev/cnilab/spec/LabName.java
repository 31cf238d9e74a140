package dev.cnilab.spec;

/** Rules for lab names, which become part of host names and a directory's name. */
public final class LabName {

    private LabName() {}

    public static boolean isValid(String name) {
        return DnsLabel.matches(name) && name.length() <= DnsLabel.LONGEST_LAB_NAME;
    }

    /** Explains why a name is invalid. */
    public static String rule(String name) {
        return "'"
                + name
                + "' is not a valid lab name: at most "
                + DnsLabel.LONGEST_LAB_NAME
                + " of a-z, 0-9 and '-', starting and ending with a letter or digit";
    }

    static void require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(rule(name));
        }
    }
}
