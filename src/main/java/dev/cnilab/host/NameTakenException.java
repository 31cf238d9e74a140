package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A network namespace's name is another owner's, or belongs to none that is known. */
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

    /** Empty where the namespace was not made by a lab. */
    public Optional<Path> owner() {
        return owner;
    }
}
