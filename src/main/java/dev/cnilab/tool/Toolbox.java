package dev.cnilab.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commands, by name. */
public final class Toolbox {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_FOUND = 127;

    private final Map<String, Tool> tools = new TreeMap<>();

    private Toolbox() {
        tools.put("capture", new Capture());
        tools.put("cat", new Cat());
        tools.put("curl", new Curl());
        tools.put("hostname", new Hostname());
        tools.put("in-pod", new InPod());
        tools.put("ip", new Ip());
        tools.put("nslookup", new Nslookup(Path.of("/etc/resolv.conf")));
        tools.put("on-terminal", new OnTerminal());
        tools.put("ping", new Ping());
        tools.put("route", new RouteTable());
        tools.put("sleep", new Sleep());
        tools.put("ss", new Sockets());
        tools.put("sysctl", new SysctlTool());
        tools.put("train", new Train());
    }

    /** Returns the names of all commands, sorted. */
    public static List<String> names() {
        return List.copyOf(new Toolbox().tools.keySet());
    }

    /**
     * Runs a command in the calling thread's network namespace until it exits.
     *
     * @return its exit code: the original command's when that is significant, else 1 for a failure,
     *     2 for invalid arguments, 127 for an unknown name
     */
    public static int run(String name, List<String> args, PrintStream out, PrintStream err) {
        Tool tool = new Toolbox().tools.get(name);
        if (tool == null) {
            err.println("lab tool: no command '" + name + "'; there are " + names());
            return NOT_FOUND;
        }
        try {
            return tool.run(args, out, err);
        } catch (UsageException e) {
            err.println(name + ": " + e.getMessage());
            return USAGE;
        } catch (IOException | IllegalArgumentException e) {
            err.println(name + ": " + e.getMessage());
            return FAILED;
        } finally {
            out.flush();
        }
    }
}
