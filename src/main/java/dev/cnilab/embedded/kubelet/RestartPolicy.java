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

    /** Returns the policy for init containers, which are not restarted after success. */
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
