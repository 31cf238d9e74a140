package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.TunnelDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** {@link TunnelIT} with the kernel's driver. */
@Tag("real-ipip")
class KernelTunnelIT extends TunnelIT {

    @BeforeEach
    void isTheDriver() {
        assertThat(left.first.driver()).isEqualTo(TunnelDriver.KERNEL);
    }
}
