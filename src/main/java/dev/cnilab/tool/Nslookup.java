package dev.cnilab.tool;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.tool.DnsMessage.Answer;
import dev.cnilab.tool.DnsMessage.RecordType;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code nslookup [-type=A|AAAA|SRV|PTR] NAME [SERVER[:PORT]]}: asks a DNS server over UDP, by
 * default the first of /etc/resolv.conf, and prints its answer as busybox does. An IPv4 address in
 * place of a name is looked up in in-addr.arpa.
 */
final class Nslookup implements Tool {

    private static final int PORT = 53;

    private final Path resolvConf;

    Nslookup(Path resolvConf) {
        this.resolvConf = resolvConf;
    }

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        List<String> operands = new ArrayList<>(args);
        Optional<RecordType> type = Optional.empty();
        if (!operands.isEmpty() && operands.getFirst().startsWith("-")) {
            type = Optional.of(type(operands.removeFirst()));
        }
        if (operands.isEmpty() || operands.size() > 2) {
            throw new UsageException("takes [-type=TYPE] NAME [SERVER]");
        }
        ResolvConf config = ResolvConf.read(resolvConf);
        InetSocketAddress server = server(operands.size() == 2 ? operands.get(1) : config.server());
        String host = server.getAddress().getHostAddress();
        out.printf("Server:\t\t%s%nAddress:\t%s:%d%n%n", host, host, server.getPort());
        try {
            if (lookUp(new DnsServer(server), operands.getFirst(), type, config, out)) {
                return 0;
            }
        } catch (SocketTimeoutException | SocketException e) {
            err.println("nslookup: no DNS server answers at " + host + ": " + e.getMessage());
        }
        if (!config.ofCluster()) {
            err.println(
                    "nslookup: this place does not use cluster DNS: its /etc/resolv.conf has no"
                            + " search domain svc.*");
        }
        return 1;
    }

    private static RecordType type(String option) {
        String name = option.replaceFirst("^-(query|type)=", "").toUpperCase(Locale.ROOT);
        return Stream.of(RecordType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("option " + option + " is not supported"));
    }

    /** Only an IPv4 address can have a port. */
    private static InetSocketAddress server(String text) {
        String[] parts = text.split(":", -1);
        boolean port = parts.length == 2 && parts[1].matches("[0-9]{1,5}");
        try {
            return new InetSocketAddress(
                    InetAddress.ofLiteral(port ? parts[0] : text),
                    port ? Integer.parseInt(parts[1]) : PORT);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + text + "' is not a DNS server's address");
        }
    }

    private static boolean lookUp(
            DnsServer server,
            String name,
            Optional<RecordType> type,
            ResolvConf config,
            PrintStream out)
            throws IOException {
        boolean address = name.matches("[0-9]+(\\.[0-9]+){3}");
        List<RecordType> types =
                address
                        ? List.of(RecordType.PTR)
                        : type.map(List::of).orElse(List.of(RecordType.A, RecordType.AAAA));
        List<String> names = address ? List.of(reversed(name)) : config.candidates(name);
        String problem = "";
        for (String each : names) {
            int records = 0;
            boolean exists = true;
            for (RecordType one : types) {
                DnsMessage answer = server.ask(each, one);
                exists &= answer.code() != DnsMessage.NXDOMAIN;
                problem = problem(answer.code());
                answer.records().forEach(record -> print(record, one, out));
                if (answer.truncated()) {
                    out.println("*** the answer is truncated");
                }
                records += answer.records().size();
            }
            if (records > 0) {
                return true;
            }
            if (exists && problem.isEmpty()) {
                out.println("*** Can't find " + each + ": No answer");
                return true;
            }
        }
        out.println("** server can't find " + names.getLast() + ": " + problem);
        return false;
    }

    /** The names of RFC 1035, 4.1.1, as the header files of C have them. */
    private static String problem(int code) {
        return switch (code) {
            case DnsMessage.NO_ERROR -> "";
            case 1 -> "FORMERR";
            case 2 -> "SERVFAIL";
            case DnsMessage.NXDOMAIN -> "NXDOMAIN";
            case 4 -> "NOTIMP";
            case 5 -> "REFUSED";
            default -> "response code " + code;
        };
    }

    private static void print(Answer record, RecordType type, PrintStream out) {
        out.println(
                switch (type) {
                    case A, AAAA -> "Name:\t" + record.name() + "\nAddress: " + record.value();
                    case SRV -> record.name() + "\tservice = " + record.value();
                    case PTR -> record.name() + "\tname = " + record.value();
                });
    }

    private static String reversed(String address) {
        List<String> octets = List.of(Ipv4Address.parse(address).toString().split("\\."));
        return String.join(".", octets.reversed()) + ".in-addr.arpa";
    }
}
