package dev.cnilab.verify.probe;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NodeSpec.Role;
import dev.cnilab.spec.Target;
import dev.cnilab.spec.Template;
import java.io.IOException;

/**
 * The values of template variables from the tutorial's point of view: from the pod of the first
 * control plane to that of the first worker.
 */
public final class TemplateContext {

    private final Values values;

    private TemplateContext(Values values) {
        this.values = values;
    }

    /**
     * Takes a new snapshot.
     *
     * @throws IOException if one of the two pods is not Ready
     */
    public static TemplateContext of(LabSpec spec, ClusterView cluster, TimeFactor timeFactor)
            throws IOException {
        ProbeContext surroundings = ProbeContext.of(spec, cluster, timeFactor);
        Vantage from = surroundings.spot(new Target.OnePod(Role.CONTROL_PLANE));
        Vantage to = surroundings.spot(new Target.OnePod(Role.WORKER));
        return new TemplateContext(Values.at(surroundings, from).towards(to));
    }

    /**
     * @throws IOException if a variable has no value, such as the MAC of a missing device
     */
    public String fill(Template template) throws IOException {
        return values.fill(template);
    }

    /** As {@link #fill}, for a regular expression; the values are quoted. */
    public String fillRegex(Template regex) throws IOException {
        return values.fillRegex(regex);
    }
}
