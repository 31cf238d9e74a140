package dev.cnilab.verify.probe;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NodeSpec.Role;
import dev.cnilab.spec.Target;
import dev.cnilab.spec.Template;
import java.io.IOException;

/**
 * What every variable stands for as the tutorial sees it: from the pod of the first control plane
 * towards that of the first worker.
 */
public final class TemplateContext {

    private final Values values;

    private TemplateContext(Values values) {
        this.values = values;
    }

    /**
     * Takes a fresh look.
     *
     * @throws IOException when one of the two pods is not Ready
     */
    public static TemplateContext of(LabSpec spec, ClusterView cluster, TimeFactor timeFactor)
            throws IOException {
        ProbeContext surroundings = ProbeContext.of(spec, cluster, timeFactor);
        Vantage from = surroundings.spot(new Target.OnePod(Role.CONTROL_PLANE));
        Vantage to = surroundings.spot(new Target.OnePod(Role.WORKER));
        return new TemplateContext(Values.at(surroundings, from).towards(to));
    }

    /**
     * @throws IOException when a variable has no value, as a device's MAC when it is gone
     */
    public String fill(Template template) throws IOException {
        return values.fill(template);
    }

    /** As {@link #fill}, for a regular expression in which what is filled in stands for itself. */
    public String fillRegex(Template regex) throws IOException {
        return values.fillRegex(regex);
    }
}
