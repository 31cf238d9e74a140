package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.Capability;
import dev.cnilab.host.ProcessPrivileges;
import dev.cnilab.host.ProcessPrivileges.SystemCalls;
import dev.cnilab.kube.ObjectMeta;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The security context of a container: its own fields override those of its pod, and what neither
 * sets is as on a node with containerd. The image's user is root.
 *
 * @param pod with its spec
 * @param container an item of the spec's containers
 */
record SecurityContext(ObjectNode pod, JsonNode container) {

    /** What containerd gives a container (pkg/oci/spec.go, defaultUnixCaps). */
    private static final Set<Capability> DEFAULT =
            EnumSet.of(
                    Capability.AUDIT_WRITE,
                    Capability.CHOWN,
                    Capability.DAC_OVERRIDE,
                    Capability.FOWNER,
                    Capability.FSETID,
                    Capability.KILL,
                    Capability.MKNOD,
                    Capability.NET_BIND_SERVICE,
                    Capability.NET_RAW,
                    Capability.SETFCAP,
                    Capability.SETGID,
                    Capability.SETPCAP,
                    Capability.SETUID,
                    Capability.SYS_CHROOT);

    /** What takes a container runtime or kernel modules that processes in namespaces lack. */
    private static final List<String> UNSUPPORTED =
            List.of("appArmorProfile", "fsGroup", "seLinuxOptions", "sysctls", "windowsOptions");

    private static final String ALL = "ALL";

    boolean readOnlyRoot() {
        return own().path("readOnlyRootFilesystem").asBoolean();
    }

    /**
     * Returns what the container's processes may do.
     *
     * @throws ContainerException when the context asks for what this machine cannot give
     */
    ProcessPrivileges privileges() throws IOException {
        checkSupported();
        int user = effective("runAsUser").asInt(0);
        checkNonRoot(user);
        boolean privileged = own().path("privileged").asBoolean();
        ProcessPrivileges privileges =
                new ProcessPrivileges(
                        user,
                        effective("runAsGroup").asInt(0),
                        ofPod().path("supplementalGroups")
                                .valueStream()
                                .map(JsonNode::asInt)
                                .toList(),
                        privileged ? Capability.permitted() : capabilities(),
                        !own().path("allowPrivilegeEscalation").asBoolean(true),
                        privileged ? SystemCalls.UNCONFINED : systemCalls());
        Optional<String> refusal = privileges.refusal();
        if (refusal.isPresent()) {
            throw ContainerException.config("securityContext: " + refusal.get());
        }
        return privileges;
    }

    private void checkSupported() throws ContainerException {
        for (JsonNode context : List.of(ofPod(), own())) {
            for (String field : UNSUPPORTED) {
                if (context.hasNonNull(field)) {
                    throw unsupported(field);
                }
            }
        }
        if (own().path("procMount").asText("Default").equals("Unmasked")) {
            throw unsupported("procMount Unmasked");
        }
        if (pod.path("spec").path("hostUsers").asBoolean(true)) {
            return;
        }
        throw ContainerException.config("the embedded cluster does not support hostUsers: false");
    }

    private static ContainerException unsupported(String what) {
        return ContainerException.config(
                "the embedded cluster does not support securityContext."
                        + what
                        + ": choose the provider kind");
    }

    /**
     * Refuses root as kubelets do, in their words (pkg/kubelet/kuberuntime/security_context.go).
     */
    private void checkNonRoot(int user) throws ContainerException {
        if (user != 0 || !effective("runAsNonRoot").asBoolean()) {
            return;
        }
        String why =
                effective("runAsUser").isMissingNode()
                        ? "container has runAsNonRoot and image will run as root"
                        : "container's runAsUser breaks non-root policy";
        throw ContainerException.config(
                "%s (pod: \"%s_%s(%s)\", container: %s)"
                        .formatted(
                                why,
                                ObjectMeta.name(pod),
                                ObjectMeta.namespace(pod),
                                ObjectMeta.uid(pod),
                                container.path("name").asText()));
    }

    /** Returns the set as containerd computes it: ALL first, then what is added, then dropped. */
    private Set<Capability> capabilities() throws IOException {
        Set<String> add = names("add");
        Set<String> drop = names("drop");
        Set<Capability> set = EnumSet.copyOf(Capability.permitted());
        if (!add.remove(ALL)) {
            set.retainAll(DEFAULT);
        }
        if (drop.remove(ALL)) {
            set.clear();
        }
        for (String name : add) {
            set.add(named(name));
        }
        for (String name : drop) {
            set.remove(named(name));
        }
        return set;
    }

    private Set<String> names(String field) {
        return own().path("capabilities")
                .path(field)
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static Capability named(String name) throws ContainerException {
        return Capability.named(name)
                .orElseThrow(() -> ContainerException.config("unknown capability \"" + name + '"'));
    }

    private SystemCalls systemCalls() throws ContainerException {
        String profile = effective("seccompProfile").path("type").asText("Unconfined");
        return switch (profile) {
            case "Unconfined" -> SystemCalls.UNCONFINED;
            case "RuntimeDefault" -> SystemCalls.RUNTIME_DEFAULT;
            default -> throw unsupported("seccompProfile " + profile);
        };
    }

    private JsonNode effective(String field) {
        return own().hasNonNull(field) ? own().path(field) : ofPod().path(field);
    }

    private JsonNode own() {
        return container.path("securityContext");
    }

    private JsonNode ofPod() {
        return pod.path("spec").path("securityContext");
    }
}
