package dev.cnilab.cluster.preflight;

import java.io.IOException;

/** A look at one thing of this machine, which it leaves as it was. */
@FunctionalInterface
interface Look {

    /**
     * @throws IOException when that can't be told here
     */
    Finding look() throws IOException;
}
