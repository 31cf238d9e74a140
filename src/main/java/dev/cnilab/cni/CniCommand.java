package dev.cnilab.cni;

import java.util.Map;

/** A CNI operation (CNI spec 1.1, "CNI operations"). */
public enum CniCommand {
    ADD,
    DEL,
    CHECK,
    GC,
    STATUS,
    VERSION;

    /**
     * Returns the command in {@code CNI_COMMAND}.
     *
     * @throws CniException code 4 when it is missing or unknown
     */
    public static CniCommand of(Map<String, String> environment) throws CniException {
        String name = environment.getOrDefault("CNI_COMMAND", "");
        for (CniCommand command : values()) {
            if (command.name().equals(name)) {
                return command;
            }
        }
        throw new CniException(
                CniException.Code.ENVIRONMENT,
                name.isEmpty()
                        ? "required environment variable CNI_COMMAND is missing"
                        : "unknown CNI_COMMAND '" + name + "'");
    }

    /** Returns the first version of the specification that has this command. */
    CniVersion since() {
        return switch (this) {
            case ADD, DEL, VERSION -> CniVersion.V0_3_0;
            case CHECK -> CniVersion.V0_4_0;
            case GC, STATUS -> CniVersion.V1_1_0;
        };
    }
}
