package dev.cnilab.trace.run;

import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Place;

/** How to fix a loss, or how to see more of it. */
sealed interface LossRemedy {

    /**
     * The remedy for a lab.
     *
     * @param lab its name
     */
    Remedy of(String lab);

    /**
     * A command that changes a place. The tools of a pod can't change its network, and its image
     * may have none: the pod is created again instead, and its network with it.
     *
     * @param command in a shell's syntax
     */
    static LossRemedy change(Place place, String command) {
        return switch (place) {
            case Place.InPod(String namespace, String pod) -> deletePod(namespace, pod);
            case Place.OnNode _, Place.Outside _ -> new At(place, command);
        };
    }

    /** Deletes a pod, which its controller creates again. */
    static LossRemedy deletePod(String namespace, String pod) {
        return new Kubectl("-n " + namespace + " delete pod " + pod);
    }

    /**
     * A command at a place.
     *
     * @param command in a shell's syntax
     */
    record At(Place place, String command) implements LossRemedy {

        @Override
        public Remedy of(String lab) {
            return Remedy.type("lab exec --lab " + lab + " " + name() + " -- " + command);
        }

        private String name() {
            return switch (place) {
                case Place.OnNode(String node) -> node;
                case Place.InPod(String namespace, String pod) -> namespace + "/" + pod;
                case Place.Outside() -> "outside";
            };
        }
    }

    /** A command of kubectl. */
    record Kubectl(String arguments) implements LossRemedy {

        @Override
        public Remedy of(String lab) {
            return Remedy.type(
                    "export KUBECONFIG=$(lab kubeconfig " + lab + ")", "kubectl " + arguments);
        }
    }

    /** What to do where lab can't say a command: it concerns the probe, or another machine. */
    record Advice(String text) implements LossRemedy {

        @Override
        public Remedy of(String lab) {
            return Remedy.advise(text);
        }
    }
}
