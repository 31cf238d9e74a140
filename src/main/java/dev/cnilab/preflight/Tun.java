package dev.cnilab.preflight;

import dev.cnilab.base.Remedy;
import dev.cnilab.host.TunDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks for TUN devices, which implement the tunnel without the kernel's ipip driver.
 *
 * @param modules of TUN
 */
record Tun(IpipDriver driver, KernelModules modules) implements Inspection {

    private static final Path DEVICE = Path.of("/dev/net/tun");

    @Override
    public Finding inspect() throws IOException {
        Optional<String> refusal =
                ScratchNamespace.refusal(
                        namespace -> namespace.run(() -> TunDevice.open("lab-trial").close()));
        if (refusal.isEmpty()) {
            return new Finding.Ok("/dev/net/tun works");
        }
        return switch (driver.inspect()) {
            case Finding.Ok _ ->
                    new Finding.Warning(
                            refusal.get(),
                            "not needed: the kernel has the ipip driver",
                            modules.remedy());
            case Finding.Lack _ ->
                    new Finding.Missing(
                            refusal.get(),
                            "without the ipip driver, the tunnel between nodes is a TUN device",
                            opened().with("in a container: --device /dev/net/tun"));
        };
    }

    /** A device that exists may be root's alone: there root of a user namespace can't open it. */
    private Remedy opened() {
        return Files.exists(DEVICE) && !Files.isWritable(DEVICE)
                ? Remedy.type("sudo chmod 0666 " + DEVICE)
                : modules.remedy();
    }
}
