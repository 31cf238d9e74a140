package dev.cnilab.testbed;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips, or in strict mode fails, tests that {@link Needs need} a missing program. */
final class NeedsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<Peer> missing = missing(context.getElement().orElse(null));
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all programs are installed");
        }
        String reason = reason(missing);
        if (Strictness.ofEnvironment()) {
            throw new AssertionError(reason + ", and " + Strictness.VARIABLE + " is true");
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    /** The missing programs of an annotated class or method. */
    static List<Peer> missing(@Nullable AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Needs.class).stream()
                .flatMap(needs -> Stream.of(needs.value()))
                .filter(peer -> peer.find().isEmpty())
                .toList();
    }

    static String reason(List<Peer> missing) {
        return missing.stream()
                .map(peer -> "no " + peer.program() + " (" + peer.debianPackage() + ")")
                .collect(Collectors.joining(", "));
    }
}
