package dev.cnilab.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.testbed.TypedFix;
import dev.cnilab.testbed.TypesRemedyOf;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types the fixes of kind's known errors, each of which sets sysctls. */
@TypesRemedyOf("kind.KnownErrors.<clinit>")
class KnownFixesIT {

    private static final Pattern SETTING = Pattern.compile("(\\S+)=(\\d+)");

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    static Stream<String> fixes() {
        return KnownErrors.all().stream()
                .map(known -> known.remedy().script())
                .filter(script -> !script.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("fixes")
    void setsItsSysctls(String fix) throws IOException {
        NetNamespace namespace = sandbox.namespace();
        Map<Sysctl, String> before = new HashMap<>();
        for (Sysctl sysctl : settings(fix).keySet()) {
            before.put(sysctl, namespace.call(sysctl::read));
        }
        try {
            TypedFix.in(argv -> namespace.call(() -> Command.of(argv).start())).type(fix);
            for (Map.Entry<Sysctl, String> each : settings(fix).entrySet()) {
                assertThat(namespace.call(each.getKey()::read)).isEqualTo(each.getValue());
            }
        } finally {
            for (Map.Entry<Sysctl, String> each : before.entrySet()) {
                namespace.run(() -> each.getKey().write(each.getValue()));
            }
        }
    }

    private static Map<Sysctl, String> settings(String fix) {
        Map<Sysctl, String> settings = new HashMap<>();
        Matcher found = SETTING.matcher(fix);
        while (found.find()) {
            settings.put(new Sysctl(found.group(1)), found.group(2));
        }
        assertThat(settings).isNotEmpty();
        return settings;
    }
}
