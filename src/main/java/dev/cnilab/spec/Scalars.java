package dev.cnilab.spec;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.spec.yaml.Scalar;
import dev.cnilab.spec.yaml.Schema;
import dev.cnilab.spec.yaml.Suggestions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Schemas of single values in lab files. */
final class Scalars {

    static final Schema<String> LINE = Scalar.matching("[^\\n]*\\S[^\\n]*", "one line of text");

    static final Schema<String> TEXT = Scalar.text("text");

    static final Schema<String> DNS_LABEL =
            Scalar.matching(
                            DnsLabel.PATTERN,
                            "a DNS label (a-z, 0-9 and '-', a letter or digit first and last)")
                    .map(label -> atMost(DnsLabel.LONGEST, label));

    static final Schema<String> LAB_NAME =
            DNS_LABEL.map(name -> atMost(DnsLabel.LONGEST_LAB_NAME, name));

    /** IFNAMSIZ in linux/if.h leaves 15 octets; a slash would end up in sysfs paths. */
    private static final String INTERFACE_NAME = "[^\\s/:]{1,15}";

    static final Schema<String> INTERFACE =
            Scalar.matching(INTERFACE_NAME, "an interface's name of at most 15 characters");

    static final Schema<String> ABSOLUTE_PATH = Scalar.matching("/[^\\n]*", "an absolute path");

    static final Schema<Ipv4Address> IPV4_ADDRESS =
            Scalar.text("an IPv4 address").map(Ipv4Address::parse);

    static final Schema<Ipv4Prefix> IPV4_SUBNET =
            Scalar.text("an IPv4 subnet")
                    .map(text -> {
                        Ipv4Prefix subnet = Ipv4Prefix.parse(text);
                        if (!subnet.isNetwork()) {
                            throw new IllegalArgumentException(
                                    text + " has host bits: write " + subnet.network());
                        }
                        return subnet;
                    });

    static final Schema<Ipv6Prefix> IPV6_SUBNET =
            Scalar.text("an IPv6 subnet")
                    .map(text -> {
                        Ipv6Prefix subnet = Ipv6Prefix.parse(text);
                        if (!subnet.equals(subnet.network())) {
                            throw new IllegalArgumentException(
                                    text + " has host bits: write " + subnet.network());
                        }
                        return subnet;
                    });

    /** An address with its subnet's length. */
    static final Schema<Ipv6Prefix> IPV6_ADDRESS =
            Scalar.text("an IPv6 address").map(text -> Ipv6Prefix.parse(text + "/128"));

    static final Schema<Duration> DURATION =
            Scalar.matching("[1-9][0-9]{0,5}(ms|s|m)", "a time such as 500ms, 30s or 2m")
                    .map(Scalars::duration);

    static final Schema<NodeSpec.Role> ROLE =
            Scalar.choice(List.of(NodeSpec.Role.values()), NodeSpec.Role::text);

    static final Schema<Target> PLACE = Scalar.choice(Target.all(), Target::text);
    static final Schema<Target.Single> SINGLE_PLACE = Scalar.choice(Target.singles(), Target::text);

    static final Schema<Target.OnePod> ONE_POD =
            Scalar.choice(
                    Stream.of(NodeSpec.Role.values()).map(Target.OnePod::new).toList(),
                    Target::text);

    /** Text with {@link Variable}s. */
    static final Schema<Template> TEMPLATE =
            Scalar.anything("text").map(Template::new).map(Scalars::knownVariables);

    /** {@link #LINE} over {@link Variable}s. */
    static final Schema<Template> TEMPLATE_LINE =
            LINE.map(Template::new).map(Scalars::knownVariables);

    /** An interface's name, or a variable that stands for one. */
    static final Schema<Template> INTERFACE_TEMPLATE = TEMPLATE.map(Scalars::interfaceName);

    private Scalars() {}

    static Schema<Integer> integer(int least, int most) {
        return Scalar.integer(least, most).map(Long::intValue);
    }

    private static Template knownVariables(Template template) {
        List<String> known = Stream.of(Variable.values()).map(Variable::text).toList();
        for (String name : template.variables()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown variable '" + name + "'; " + Suggestions.hint(name, known));
            }
        }
        return template;
    }

    private static Template interfaceName(Template template) {
        if (!template.fill(_ -> "x").matches(INTERFACE_NAME)) {
            throw new IllegalArgumentException(
                    "not an interface's name of at most 15 characters: '" + template + "'");
        }
        return template;
    }

    private static String atMost(int length, String text) {
        if (text.length() > length) {
            throw new IllegalArgumentException(
                    "at most " + length + " characters, found " + text.length());
        }
        return text;
    }

    private static Duration duration(String text) {
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("ms")
                ? Duration.ofMillis(number)
                : text.endsWith("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    }
}
