package dev.cnilab.spec;

/** What a lab may be called: it becomes a part of host names, and a folder's name. */
public final class LabName {

    private LabName() {}

    public static boolean isValid(String name) {
        return DnsLabel.matches(name) && name.length() <= DnsLabel.LONGEST_LAB_NAME;
    }

    /** What is wrong with a name that is not valid. */
    public static String rule(String name) {
        return "'"
                + name
                + "' can't be a lab's name: at most "
                + DnsLabel.LONGEST_LAB_NAME
                + " of a-z, 0-9 and '-', starting and ending with a letter or digit";
    }

    static void require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(rule(name));
        }
    }
}
