package dev.cnilab.embedded.preflight;

import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;

/**
 * Checks that the lab needs no image other than lab's own, the only one that the embedded cluster
 * runs.
 */
record FlannelImages() implements Inspection {

    @Override
    public Finding inspect() {
        return new Finding.Missing(
                "its containers are processes of this machine and cannot use images",
                "the embedded cluster cannot run flannel's images",
                "--provider kind, or the lab flannel-ipip");
    }
}
