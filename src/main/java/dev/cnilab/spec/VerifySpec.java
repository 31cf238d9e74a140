package dev.cnilab.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is verified.
 *
 * @param budget the longest that a step which names none may take
 * @param namespace of the pods that the steps mean
 * @param selector labels of the pods that the steps mean
 * @param steps with distinct names, in order
 */
public record VerifySpec(
        Duration budget, String namespace, Map<String, String> selector, List<StepSpec> steps) {

    public VerifySpec {
        selector = Map.copyOf(selector);
        steps = List.copyOf(steps);
    }
}
