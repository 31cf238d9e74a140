package dev.cnilab.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A supported architecture of images, with its {@code e_machine} in ELF files (elf.h). */
public enum Architecture {
    AMD64(62),
    ARM64(183);

    private final int elfMachine;

    Architecture(int elfMachine) {
        this.elfMachine = elfMachine;
    }

    static Optional<Architecture> of(int elfMachine) {
        return Arrays.stream(values()).filter(each -> each.elfMachine == elfMachine).findFirst();
    }

    /** Returns the name in the OCI image specification, which is Go's GOARCH. */
    public String ociName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
