package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The name of a network namespace is in use by another owner or by an unknown one. */
public final class NameTakenException extends IOException {

    private final String name;
    private final transient Optional<Path> owner;

    NameTakenException(String name, Optional<Path> owner) {
        super(
                "network namespace "
                        + name
                        + owner.map(path -> " belongs to " + path).orElse(" exists already"));
        this.name = name;
        this.owner = owner;
    }

    public String name() {
        return name;
    }

    /** Returns the owner; empty when no lab created the namespace. */
    public Optional<Path> owner() {
        return owner;
    }
}
