package dev.cnilab.spec;

import dev.cnilab.spec.yaml.Problems;

/** Whether a lab's Kubernetes version is the one of its node image. */
final class VersionCheck {

    private VersionCheck() {}

    static void check(LabSpec lab, Problems problems) {
        String version = lab.kubernetes().version();
        KubernetesSpec.versionOf(lab.kubernetes().image())
                .filter(ofImage -> !ofImage.equals(version))
                .ifPresent(ofImage ->
                        problems.at(
                                "kubernetes.version",
                                version + " is not " + ofImage + " of kubernetes.image",
                                "change the image, or leave the version out: it follows the image"));
    }
}
