package dev.cnilab.host;

import java.nio.file.Path;
import java.util.List;

/**
 * The limits of a process beyond its namespaces.
 *
 * @param readOnlyRoot whether everything is read-only except the writable binds, {@code /dev} and
 *     {@code /proc}
 * @param accessible files and directories of the machine, absolute, that the process must reach
 *     although its user, or root without {@code DAC_OVERRIDE}, may not search the directories on
 *     the way
 * @param directory the working directory, absolute, as the process sees it
 */
public record Confinement(
        ProcessPrivileges privileges, boolean readOnlyRoot, List<Path> accessible, Path directory) {

    /** Kernel interfaces, not files of a root file system; container runtimes mount their own. */
    static final List<Path> KERNEL_MOUNTS = List.of(Path.of("/dev"), Path.of("/proc"));

    public Confinement {
        accessible = List.copyOf(accessible);
    }
}
