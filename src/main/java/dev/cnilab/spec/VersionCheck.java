package dev.cnilab.spec;

import dev.cnilab.spec.yaml.Problems;

/** Checks that a lab's Kubernetes version is that of its node image. */
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
                                "change the image, or omit the version, whose default is the image's"));
    }
}
