package dev.cnilab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlTest {

    @ParameterizedTest
    @CsvSource({
        "net.ipv4.ip_forward,              /proc/sys/net/ipv4/ip_forward",
        "fs.inotify.max_user_watches,      /proc/sys/fs/inotify/max_user_watches",
        "net.ipv4.conf.eth0/100.rp_filter, /proc/sys/net/ipv4/conf/eth0.100/rp_filter"
    })
    void liesBelowProcSys(String key, Path path) {
        assertThat(new Sysctl(key).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kernel", ".", "net..ipv4", "net.ipv4.", "a b.c", "net.ipv4;x"})
    void refusesWhatIsNoKey(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sysctl(key))
                .withMessage("not a sysctl: '" + key + "'");
    }

    @Test
    void readsTheKernelsValueWithoutItsLineBreak() throws Exception {
        assertThat(new Sysctl("kernel.ostype").read()).isEqualTo("Linux");
        assertThat(new Sysctl("kernel.ostype").exists()).isTrue();
        assertThat(new Sysctl("kernel.no_such_thing").exists()).isFalse();
    }
}
