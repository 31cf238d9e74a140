package dev.cnilab.embedded.preflight;

import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;

/** The embedded cluster runs the program's own image and no other. */
record FlannelImages() implements Inspection {

    @Override
    public Finding inspect() {
        return new Finding.Missing(
                "its containers are processes of this machine, without an image to be pulled",
                "the embedded cluster can't run flannel's images",
                "--provider kind, or the lab flannel-ipip");
    }
}
