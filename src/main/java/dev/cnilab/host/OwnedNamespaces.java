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
 * The network namespaces of one lab among all that have names on this machine. The kernel keeps no
 * mark on a namespace, so a note for each name says whose it is and which namespace it is. It is
 * written before the name is, and removed after it: whatever happens in between, what has no note
 * is not the lab's.
 *
 * @param owner the lab's state folder, absolute: names on the machine belong to it, not to every
 *     lab that is called the same
 */
public record OwnedNamespaces(Path owner) {

    private static final Path NOTES = RunDirectory.PATH.resolve("netns");

    /** In a note: the name is taken, nothing was made under it. */
    private static final String CLAIMED = "-";

    /**
     * A symbolic link, since one is made, and read, at once: {@code NAME -> "IDENTITY FOLDER"}.
     *
     * @param identity of the namespace, or {@link #CLAIMED}
     */
    private record Note(String identity, Path owner) {

        static Optional<Note> read(String name) throws IOException {
            try {
                String target = Files.readSymbolicLink(NOTES.resolve(name)).toString();
                String[] words = target.split(" ", 2);
                return Optional.of(new Note(words[0], Path.of(words[1])));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        /** In place of the owner's own, if any. */
        void write(String name) throws IOException {
            Files.createDirectories(NOTES);
            if (read(name).filter(known -> known.owner().equals(owner)).isPresent()) {
                Files.delete(NOTES.resolve(name));
            }
            Files.createSymbolicLink(NOTES.resolve(name), Path.of(identity + " " + owner));
        }
    }

    public OwnedNamespaces {
        if (!owner.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + owner);
        }
    }

    /**
     * Fails where one of the names is not free for this owner.
     *
     * @throws NameTakenException for the first of them
     */
    public void requireFree(Collection<String> names) throws IOException {
        for (String name : names) {
            Optional<Note> note = Note.read(name);
            if (note.isPresent() && !isMine(note.get())) {
                throw new NameTakenException(name, Optional.of(note.get().owner()));
            }
            boolean halfMade = note.isPresent() && isHalfMade(name, note.get());
            if (Files.exists(NetNamespace.named(name).path()) && !halfMade && !has(name)) {
                throw new NameTakenException(name, Optional.empty());
            }
        }
    }

    /**
     * Takes all the names or none, before anything is made under them. Repeatable.
     *
     * @throws NameTakenException where one is not free
     */
    public void claim(Collection<String> names) throws IOException {
        try (LockFile _ = RunDirectory.lock()) {
            requireFree(names);
            NamespaceDirectory.share();
            for (String name : names) {
                if (Note.read(name).isEmpty()) {
                    new Note(CLAIMED, owner).write(name);
                }
            }
        }
    }

    /**
     * Makes a namespace, unless it is there.
     *
     * @throws NameTakenException where another namespace has the name
     */
    public NetNamespace ensure(String name) throws IOException {
        NetNamespace namespace = NetNamespace.named(name);
        requireFree(List.of(name));
        if (namespace.exists()) {
            return namespace;
        }
        // What a process left that was killed between making the file and mounting on it.
        namespace.delete();
        return NetNamespace.create(
                namespace.path(),
                () -> new Note(Long.toHexString(NamespaceIdentity.current()), owner).write(name));
    }

    /** Notes that a namespace of which there is no note is this owner's. */
    public void adopt(String name) throws IOException {
        if (NetNamespace.named(name).exists() && Note.read(name).isEmpty()) {
            new Note(identity(name), owner).write(name);
        }
    }

    /** All names that it has taken, whether or not a namespace exists under them. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(NOTES)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(NOTES)) {
            for (Path note : notes) {
                String name = note.getFileName().toString();
                if (Note.read(name).filter(this::isMine).isPresent()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Whether this owner made the namespace that has the name now. */
    public boolean has(String name) throws IOException {
        Optional<Note> note = Note.read(name).filter(this::isMine);
        return note.isPresent() && NetNamespace.named(name).exists() && isAsNoted(name, note.get());
    }

    /** Removes the namespace and gives the name back; one that is not the owner's stays. */
    public void delete(String name) throws IOException {
        Optional<Note> note = Note.read(name).filter(this::isMine);
        if (note.isPresent()) {
            if (isHalfMade(name, note.get()) || has(name)) {
                NetNamespace.named(name).delete();
            }
            Files.deleteIfExists(NOTES.resolve(name));
        }
    }

    /** Leaves the machine as it was before the first lab, once no name is taken. Repeatable. */
    public static void prune() throws IOException {
        try (LockFile _ = RunDirectory.lock()) {
            if (Files.isDirectory(NOTES) && isEmpty(NOTES)) {
                NamespaceDirectory.release();
                Files.deleteIfExists(NOTES);
            }
        }
        RunDirectory.prune();
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /** The file is there at most: its maker was killed before it mounted the namespace on it. */
    private static boolean isHalfMade(String name, Note note) {
        return !note.identity().equals(CLAIMED) && !NetNamespace.named(name).exists();
    }

    private boolean isMine(Note note) {
        return note.owner().equals(owner);
    }

    private static boolean isAsNoted(String name, Note note) throws IOException {
        return note.identity().equals(identity(name));
    }

    private static String identity(String name) throws IOException {
        return Long.toHexString(NetNamespace.named(name).call(NamespaceIdentity::current));
    }
}
