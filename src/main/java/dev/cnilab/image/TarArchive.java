package dev.cnilab.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds a reproducible tar archive in POSIX.1-1988's format ("ustar"): sorted, owned by root, with
 * a fixed time. Parent directories are added automatically.
 */
public final class TarArchive {

    /**
     * Modification time of every file, in seconds since 1970. Not 0, which CDS archives interpret
     * as "no time".
     */
    static final long MODIFIED = 1;

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_LENGTH = 155;

    private sealed interface Entry {}

    private record Directory(int mode) implements Entry {}

    private record Copy(Path source, int mode) implements Entry {}

    private record Text(byte[] content, int mode) implements Entry {}

    private record Link(String target) implements Entry {}

    private final Map<String, Entry> entries = new TreeMap<>();

    /**
     * Adds a directory.
     *
     * @param path without a leading slash
     */
    TarArchive directory(String path, int mode) {
        parents(path);
        entries.put(path, new Directory(mode));
        return this;
    }

    /** Adds a file, readable by all; executable when the source is. */
    TarArchive copy(String path, Path source) {
        parents(path);
        entries.put(path, new Copy(source, Files.isExecutable(source) ? 0755 : 0644));
        return this;
    }

    TarArchive text(String path, String content, int mode) {
        return bytes(path, content.getBytes(StandardCharsets.UTF_8), mode);
    }

    /**
     * Adds a file.
     *
     * @param path without a leading slash
     */
    public TarArchive bytes(String path, byte[] content, int mode) {
        parents(path);
        entries.put(path, new Text(content, mode));
        return this;
    }

    /** Adds a directory tree; symbolic links are kept. */
    TarArchive tree(String path, Path source) throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = path + "/" + source.relativize(file);
                if (Files.isSymbolicLink(file)) {
                    entries.put(name, new Link(Files.readSymbolicLink(file).toString()));
                } else if (Files.isRegularFile(file)) {
                    copy(name, file);
                }
            }
        }
        return this;
    }

    public void writeTo(OutputStream out) throws IOException {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            write(out, entry.getKey(), entry.getValue());
        }
        out.write(new byte[2 * BLOCK]);
    }

    private void parents(String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            entries.putIfAbsent(path.substring(0, slash), new Directory(0755));
        }
    }

    private static void write(OutputStream out, String path, Entry entry) throws IOException {
        switch (entry) {
            case Directory(int mode) -> out.write(header(path + "/", '5', mode, 0, ""));
            case Link(String target) -> out.write(header(path, '2', 0777, 0, target));
            case Text(byte[] content, int mode) -> {
                out.write(header(path, '0', mode, content.length, ""));
                out.write(content);
                pad(out, content.length);
            }
            case Copy(Path source, int mode) -> {
                long size = Files.size(source);
                out.write(header(path, '0', mode, size, ""));
                if (Files.copy(source, out) != size) {
                    throw new IOException(source + " changed while it was read");
                }
                pad(out, size);
            }
        }
    }

    private static byte[] header(String path, char type, int mode, long size, String link)
            throws IOException {
        byte[] header = new byte[BLOCK];
        int split =
                path.length() > NAME_LENGTH
                        ? path.indexOf('/', path.length() - NAME_LENGTH - 1)
                        : -1;
        if (path.length() > NAME_LENGTH && (split < 0 || split > PREFIX_LENGTH)
                || link.length() > NAME_LENGTH) {
            throw new IOException("too long for a tar archive: " + path);
        }
        put(header, 0, path.substring(split + 1));
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(MODIFIED));
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar");
        put(header, 263, "00");
        put(header, 345, split < 0 ? "" : path.substring(0, split));
        // The checksum is computed with blanks in its field.
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, "%06o".formatted(sum));
        header[154] = 0;
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static void pad(OutputStream out, long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
