package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.TunnelDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** {@link SelfHealIT} with the kernel's driver. */
@Tag("real-ipip")
class KernelSelfHealIT extends SelfHealIT {

    @BeforeEach
    void isTheDriver() {
        assertThat(backend.first.driver()).isEqualTo(TunnelDriver.KERNEL);
    }
}
