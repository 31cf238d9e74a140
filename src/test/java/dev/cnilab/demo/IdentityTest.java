package dev.cnilab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Prefix;
import org.junit.jupiter.api.Test;

class IdentityTest {

    @Test
    void printsTheTutorialsLine() {
        Identity identity = new Identity("demo-f2w8p", "eth0", Ipv4Prefix.parse("10.244.1.6/24"));

        assertThat(identity.line()).isEqualTo("PodName: demo-f2w8p | PodIP: eth0 10.244.1.6/24\n");
    }
}
