package dev.cnilab.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The verification of a lab.
 *
 * @param budget timeout of steps without their own
 * @param namespace of the pods to which the steps refer
 * @param selector labels of the pods to which the steps refer
 * @param steps with distinct names, in order
 */
public record VerifySpec(
        Duration budget, String namespace, Map<String, String> selector, List<StepSpec> steps) {

    public VerifySpec {
        selector = Map.copyOf(selector);
        steps = List.copyOf(steps);
    }
}
