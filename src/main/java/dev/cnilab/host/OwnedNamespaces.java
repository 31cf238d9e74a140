package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The named network namespaces of one lab. The kernel cannot label a namespace, so a claim per name
 * states its owner and the namespace's identity. The claim is written before the name is created
 * and removed after it: at any point in between, a namespace without a claim does not belong to the
 * lab.
 *
 * @param owner the lab's state folder, absolute: names belong to it, not to every lab with the same
 *     name
 */
public record OwnedNamespaces(Path owner) {

    private static final Path CLAIMS = RunDirectory.PATH.resolve("netns");

    /** Identity of a claim whose name is reserved but has no namespace yet. */
    private static final String CLAIMED = "-";

    /**
     * A claim, kept as a symbolic link, which is created and read atomically: {@code NAME ->
     * "IDENTITY FOLDER"}.
     *
     * @param identity of the namespace, or {@link #CLAIMED}
     */
    private record Claim(String identity, Path owner) {

        static Optional<Claim> read(String name) throws IOException {
            try {
                String target = Files.readSymbolicLink(CLAIMS.resolve(name)).toString();
                String[] words = target.split(" ", 2);
                return Optional.of(new Claim(words[0], Path.of(words[1])));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        /** Writes the claim, replacing this owner's previous one. */
        void write(String name) throws IOException {
            Files.createDirectories(CLAIMS);
            if (read(name).filter(known -> known.owner().equals(owner)).isPresent()) {
                Files.delete(CLAIMS.resolve(name));
            }
            Files.createSymbolicLink(CLAIMS.resolve(name), Path.of(identity + " " + owner));
        }
    }

    public OwnedNamespaces {
        if (!owner.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + owner);
        }
    }

    /**
     * Checks that all names are free for this owner.
     *
     * @throws NameTakenException for the first name in use
     */
    public void requireFree(Collection<String> names) throws IOException {
        for (String name : names) {
            Optional<Claim> claim = Claim.read(name);
            if (claim.isPresent() && !hasOwner(claim.get())) {
                throw new NameTakenException(name, Optional.of(claim.get().owner()));
            }
            boolean incomplete = claim.isPresent() && isIncomplete(name, claim.get());
            if (Files.exists(NetNamespace.named(name).path()) && !incomplete && !has(name)) {
                throw new NameTakenException(name, Optional.empty());
            }
        }
    }

    /**
     * Reserves all names or none, before any namespace is created. Repeatable.
     *
     * @throws NameTakenException when a name is in use
     */
    public void claim(Collection<String> names) throws IOException {
        try (LockFile _ = RunDirectory.lock()) {
            requireFree(names);
            NamespaceDirectory.share();
            for (String name : names) {
                if (Claim.read(name).isEmpty()) {
                    new Claim(CLAIMED, owner).write(name);
                }
            }
        }
    }

    /**
     * Creates a namespace unless it exists.
     *
     * @throws NameTakenException when another namespace has the name
     */
    public NetNamespace ensure(String name) throws IOException {
        NetNamespace namespace = NetNamespace.named(name);
        requireFree(List.of(name));
        if (namespace.exists()) {
            return namespace;
        }
        // Left by a process that was killed between creating the file and mounting the namespace.
        namespace.delete();
        return NetNamespace.create(
                namespace.path(),
                () -> new Claim(Long.toHexString(NamespaceIdentity.current()), owner).write(name));
    }

    /** Adds a claim of this owner for an existing namespace that has none. */
    public void adopt(String name) throws IOException {
        if (NetNamespace.named(name).exists() && Claim.read(name).isEmpty()) {
            new Claim(identity(name), owner).write(name);
        }
    }

    /** Returns all names that the owner has reserved, with and without a namespace. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(CLAIMS)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> claims = Files.newDirectoryStream(CLAIMS)) {
            for (Path claim : claims) {
                String name = claim.getFileName().toString();
                if (Claim.read(name).filter(this::hasOwner).isPresent()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Checks whether the namespace with that name was created by this owner. */
    public boolean has(String name) throws IOException {
        Optional<Claim> claim = Claim.read(name).filter(this::hasOwner);
        return claim.isPresent()
                && NetNamespace.named(name).exists()
                && isCurrent(name, claim.get());
    }

    /** Deletes the namespace and its claim; a namespace of another owner stays. */
    public void delete(String name) throws IOException {
        Optional<Claim> claim = Claim.read(name).filter(this::hasOwner);
        if (claim.isPresent()) {
            if (isIncomplete(name, claim.get()) || has(name)) {
                NetNamespace.named(name).delete();
            }
            Files.deleteIfExists(CLAIMS.resolve(name));
        }
    }

    /**
     * Removes the claims' directory and the namespace directory's mount once no name is reserved.
     * Repeatable.
     */
    public static void prune() throws IOException {
        try (LockFile _ = RunDirectory.lock()) {
            if (!Files.isDirectory(CLAIMS) || isEmpty(CLAIMS)) {
                NamespaceDirectory.release();
                Files.deleteIfExists(CLAIMS);
            }
        }
        RunDirectory.prune();
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /**
     * Checks whether only the empty file exists: its creator was killed before it mounted the
     * namespace.
     */
    private static boolean isIncomplete(String name, Claim claim) {
        return !claim.identity().equals(CLAIMED) && !NetNamespace.named(name).exists();
    }

    private boolean hasOwner(Claim claim) {
        return claim.owner().equals(owner);
    }

    private static boolean isCurrent(String name, Claim claim) throws IOException {
        return claim.identity().equals(identity(name));
    }

    private static String identity(String name) throws IOException {
        return Long.toHexString(NetNamespace.named(name).call(NamespaceIdentity::current));
    }
}
