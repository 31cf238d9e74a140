package dev.cnilab.cni.plugin;

/**
 * CNI's {@code bandwidth} capability, from the pod's point of view; a rate of 0 means unlimited.
 *
 * @param ingressRate bits per second into the pod
 * @param ingressBurst bits
 * @param egressRate bits per second out of the pod
 * @param egressBurst bits
 */
record Bandwidth(long ingressRate, long ingressBurst, long egressRate, long egressBurst) {

    /** The kernel stores the bucket's size in bytes in 32 bits (TCA_TBF_BURST). */
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
