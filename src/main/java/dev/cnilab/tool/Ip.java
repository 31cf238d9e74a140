package dev.cnilab.tool;

import dev.cnilab.host.Errno;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ip [-j] [-d] [-br] [-4|-6] address|link|route|neigh [show] [dev NAME]} and {@code ip route
 * get ADDRESS}, printed as iproute2 6.1 does, in text or JSON.
 */
final class Ip implements Tool {

    /** iproute2's exit code for a kernel error. */
    private static final int REFUSED = 2;

    /**
     * The parsed arguments.
     *
     * @param ipv4 only IPv4
     * @param ipv6 only IPv6
     */
    record Query(
            boolean json,
            boolean details,
            boolean brief,
            boolean ipv4,
            boolean ipv6,
            Optional<Link> device,
            List<Link> links) {}

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        List<String> words = new ArrayList<>(args);
        Arguments options = options(words);
        String object = words.isEmpty() ? "" : words.removeFirst();
        boolean get = words.remove("get");
        words.removeAll(List.of("show", "list", "ls", "table", "main"));
        try (Connection connection = Connection.open()) {
            List<IpRecord> records =
                    get
                            ? IpRoutes.get(connection, Ipv4Address.parse(one(words)))
                            : show(connection, object, options, words);
            IpRecord.print(records, options.has("-j"), out);
            return 0;
        } catch (NetlinkException e) {
            if (e.is(Errno.ENODEV)) {
                err.println("Device \"" + words.getLast() + "\" does not exist.");
                return 1;
            }
            String reason = Errno.describe(e.errno()).replaceAll(" \\([A-Z]+\\)$", "");
            err.println("RTNETLINK answers: " + reason);
            return REFUSED;
        }
    }

    private static List<IpRecord> show(
            Connection connection, String object, Arguments options, List<String> words)
            throws IOException {
        Query query = query(connection, options, words);
        if (abbreviates(object, "address")) {
            return IpLinks.addresses(connection, query);
        } else if (abbreviates(object, "link")) {
            return IpLinks.links(query);
        } else if (abbreviates(object, "route")) {
            return IpRoutes.show(connection, query);
        } else if (abbreviates(object, "neighbour") || abbreviates(object, "neighbor")) {
            return IpNeighs.show(connection, query);
        }
        throw new UsageException(
                "object '" + object + "': supported are address, link, route and neigh");
    }

    private static Query query(Connection connection, Arguments options, List<String> words)
            throws IOException {
        words.remove("dev");
        Links links = new Links(connection);
        Optional<Link> device =
                words.isEmpty() ? Optional.empty() : Optional.of(links.get(one(words)));
        return new Query(
                options.has("-j"),
                options.has("-d"),
                options.has("-b"),
                options.has("-4"),
                options.has("-6"),
                device,
                links.list());
    }

    /** Parses and removes the leading options. */
    private static Arguments options(List<String> words) {
        List<String> given = new ArrayList<>();
        while (!words.isEmpty() && words.getFirst().startsWith("-")) {
            given.add(words.removeFirst().replaceAll("^-br(ief)?$", "-b"));
        }
        return new Arguments(given, Set.of("-j", "-d", "-b", "-4", "-6"), Set.of());
    }

    private static String one(List<String> words) {
        if (words.size() != 1) {
            throw new UsageException(
                    "one word is expected in the place of '" + String.join(" ", words) + "'");
        }
        return words.getFirst();
    }

    private static boolean abbreviates(String word, String object) {
        return !word.isEmpty() && object.startsWith(word);
    }
}
