package dev.cnilab.embedded.kubelet;

/** {@code spec.restartPolicy}. */
enum RestartPolicy {
    ALWAYS,
    ON_FAILURE,
    NEVER;

    static RestartPolicy of(String text) {
        return switch (text) {
            case "OnFailure" -> ON_FAILURE;
            case "Never" -> NEVER;
            default -> ALWAYS;
        };
    }

    /** An init container that has succeeded stays so. */
    RestartPolicy forInit() {
        return this == ALWAYS ? ON_FAILURE : this;
    }

    boolean restarts(ContainerState.Terminated ended) {
        return switch (this) {
            case ALWAYS -> true;
            case ON_FAILURE -> !ended.ok();
            case NEVER -> false;
        };
    }
}
