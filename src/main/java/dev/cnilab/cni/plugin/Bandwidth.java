package dev.cnilab.cni.plugin;

/**
 * CNI's {@code bandwidth} capability, as seen from the pod; a rate of 0 is no limit.
 *
 * @param ingressRate bits a second into the pod
 * @param ingressBurst bits
 * @param egressRate bits a second out of the pod
 * @param egressBurst bits
 */
record Bandwidth(long ingressRate, long ingressBurst, long egressRate, long egressBurst) {

    /** The kernel's bucket has 32 bits for its bytes (TCA_TBF_BURST). */
    private static final long LARGEST_BURST = 8L * 0xffff_ffffL;

    Bandwidth {
        check("ingress", ingressRate, ingressBurst);
        check("egress", egressRate, egressBurst);
    }

    private static void check(String direction, long rate, long burst) {
        boolean both = rate > 0 == burst > 0 && rate >= 0 && burst >= 0;
        if (!both || burst > LARGEST_BURST || rate > 0 && rate < 8) {
            throw new IllegalArgumentException(
                    "bandwidth: %sRate %d with %sBurst %d; a limit needs both, in bits"
                            .formatted(direction, rate, direction, burst));
        }
    }
}
