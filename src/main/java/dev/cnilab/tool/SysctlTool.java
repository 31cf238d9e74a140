package dev.cnilab.tool;

import dev.cnilab.host.Sysctl;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** {@code sysctl [-n] KEY…} and {@code sysctl [-n] -w KEY=VALUE…} */
final class SysctlTool implements Tool {

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Arguments arguments = new Arguments(args, Set.of("-n", "-w"), Set.of());
        int exit = 0;
        for (String operand : arguments.operands()) {
            int equals = operand.indexOf('=');
            Sysctl sysctl = new Sysctl(equals < 0 ? operand : operand.substring(0, equals));
            if (!sysctl.exists()) {
                err.println("sysctl: cannot stat " + sysctl.path() + ": No such file or directory");
                exit = 1;
                continue;
            }
            if (equals >= 0) {
                sysctl.write(operand.substring(equals + 1));
            }
            out.println((arguments.has("-n") ? "" : sysctl.key() + " = ") + sysctl.read());
        }
        return exit;
    }
}
