package dev.cnilab.cluster.preflight;

import java.io.IOException;

/** flannel has no tunnel of its own: without the kernel's it can't start. */
record FlannelDriver(IpipDriver driver) implements Look {

    @Override
    public Finding look() throws IOException {
        return switch (driver.look()) {
            case Finding.Warning(String seen, String _, String remedy) ->
                    new Finding.Missing(
                            seen,
                            "flannel's ipip backend needs the kernel's ipip driver",
                            remedy + "; or use the lab flannel-ipip, whose CNI does without");
            case Finding found -> found;
        };
    }
}
