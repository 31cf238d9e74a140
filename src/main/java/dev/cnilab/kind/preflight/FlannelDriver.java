package dev.cnilab.kind.preflight;

import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import dev.cnilab.preflight.IpipDriver;
import java.io.IOException;

/** flannel has no tunnel of its own: without the kernel's it can't start. */
record FlannelDriver(IpipDriver driver) implements Inspection {

    @Override
    public Finding inspect() throws IOException {
        return switch (driver.inspect()) {
            case Finding.Warning(String seen, String _, String remedy) ->
                    new Finding.Missing(
                            seen,
                            "flannel's ipip backend needs the kernel's ipip driver",
                            remedy + "; or use the lab flannel-ipip, whose CNI does without");
            case Finding found -> found;
        };
    }
}
