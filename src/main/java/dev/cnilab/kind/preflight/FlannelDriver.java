package dev.cnilab.kind.preflight;

import dev.cnilab.base.Remedy;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import dev.cnilab.preflight.IpipDriver;
import java.io.IOException;

/** Checks for the kernel's ipip driver, which flannel's ipip backend requires. */
record FlannelDriver(IpipDriver driver) implements Inspection {

    @Override
    public Finding inspect() throws IOException {
        return switch (driver.inspect()) {
            case Finding.Warning(String seen, String _, Remedy remedy) ->
                    new Finding.Missing(
                            seen,
                            "flannel's ipip backend needs the kernel's ipip driver",
                            remedy.with("or use the lab flannel-ipip, whose CNI does not need it"));
            case Finding found -> found;
        };
    }
}
