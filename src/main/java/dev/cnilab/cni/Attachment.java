package dev.cnilab.cni;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A network interface of a container: the unit that CNI adds and deletes.
 *
 * @param containerId letters, digits, '_', '.', '-', starting with a letter or a digit
 * @param ifName 1 to 15 bytes (IFNAMSIZ without the zero byte), without '/', ':' and white space
 */
public record Attachment(String containerId, String ifName) {

    /**
     * Syntax of container IDs and network names (CNI spec, "Parameters", "Configuration format").
     */
    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.\\-]*");

    private static final Pattern HOST_NAME = Pattern.compile("veth[0-9a-f]{8}");
    private static final Pattern INTERFACE = Pattern.compile("[^/:\\s\\p{Cntrl}]{1,15}");

    /**
     * Validates both.
     *
     * @throws CniException code 4 when one of them is invalid
     */
    public static Attachment of(String containerId, String ifName) throws CniException {
        if (!NAME.matcher(containerId).matches()) {
            throw invalid("CNI_CONTAINERID", containerId, "must match " + NAME);
        }
        if (!INTERFACE.matcher(ifName).matches() || ifName.equals(".") || ifName.equals("..")) {
            throw invalid(
                    "CNI_IFNAME",
                    ifName,
                    "must be 1 to 15 characters without '/', ':' or white space");
        }
        return new Attachment(containerId, ifName);
    }

    /**
     * Returns the name of the veth's end on the node. It is derived from the attachment alone, so
     * that DEL finds it without stored state.
     */
    public String hostName() {
        CRC32 sum = new CRC32();
        sum.update(toString().getBytes(StandardCharsets.UTF_8));
        return "veth" + HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** Checks whether a link's name on a node has the form of {@link #hostName}. */
    public static boolean isHostName(String name) {
        return HOST_NAME.matcher(name).matches();
    }

    private static CniException invalid(String variable, String value, String rule) {
        return new CniException(
                CniException.Code.ENVIRONMENT, variable + " '" + value + "' is invalid", rule);
    }

    @Override
    public String toString() {
        return containerId + "/" + ifName;
    }
}
