package dev.cnilab.testbed;

import java.io.PrintStream;
import java.lang.reflect.AnnotatedElement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints skipped tests with reasons at the end of a run, and the command that installs missing
 * programs. Prints nothing if none was skipped.
 */
public final class LeftOut implements TestExecutionListener {

    /** The maximum number of class names per line. */
    private static final int MOST = 8;

    private final Map<String, Set<String>> classesByReason = new TreeMap<>();
    private final Set<Peer> missing = EnumSet.noneOf(Peer.class);

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        TestSource source = test.getSource().orElse(null);
        add(source, reason);
        List<Peer> lacking = NeedsCondition.missing(element(source));
        // It may have been skipped for another reason, which must be removed first.
        if (reason.equals(NeedsCondition.reason(lacking))) {
            missing.addAll(lacking);
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            String message = result.getThrowable().map(Throwable::getMessage).orElse("");
            add(test.getSource().orElse(null), message.replace("Assumption failed: ", ""));
            if (result.getThrowable().orElse(null) instanceof MissingPeersException lacking) {
                missing.addAll(lacking.peers());
            }
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        print(System.out);
    }

    /** Adds the class only, not its methods, to keep the report short. */
    private void add(@Nullable TestSource source, String reason) {
        String name =
                switch (source) {
                    case MethodSource method -> simpleName(method.getClassName());
                    case ClassSource type -> simpleName(type.getClassName());
                    case null, default -> "tests";
                };
        classesByReason.computeIfAbsent(reason, _ -> new TreeSet<>()).add(name);
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static @Nullable AnnotatedElement element(@Nullable TestSource source) {
        return switch (source) {
            case MethodSource method -> method.getJavaMethod();
            case ClassSource type -> type.getJavaClass();
            case null, default -> null;
        };
    }

    private static String names(Set<String> classes) {
        String some = classes.stream().limit(MOST).collect(Collectors.joining(", "));
        int more = classes.size() - MOST;
        return more > 0 ? some + " and " + more + " more" : some;
    }

    private void print(PrintStream out) {
        if (classesByReason.isEmpty()) {
            return;
        }
        out.println();
        out.println("Skipped, in whole or in part:");
        classesByReason.forEach(
                (reason, classes) -> out.println("  " + reason + ": " + names(classes)));
        if (!missing.isEmpty()) {
            String packages =
                    missing.stream()
                            .map(Peer::debianPackage)
                            .distinct()
                            .collect(Collectors.joining(" "));
            out.println("To run them: sudo apt-get install " + packages);
        }
        out.println();
    }
}
