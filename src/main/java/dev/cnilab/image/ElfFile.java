package dev.cnilab.image;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The dynamic linking information of a program or shared object (System V ABI, chapters 4 and 5;
 * elf.h). Supports only 64-bit little-endian files, as all supported architectures use.
 *
 * @param machine {@code e_machine}
 * @param interpreter the dynamic linker's path; empty for a shared object and for a static program
 * @param needed names of shared objects
 * @param runPath directories that are searched first, separated by colons; may be empty
 */
record ElfFile(int machine, Optional<String> interpreter, List<String> needed, String runPath) {

    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;

    private static final int DT_NULL = 0;
    private static final int DT_NEEDED = 1;
    private static final int DT_STRTAB = 5;
    private static final int DT_RPATH = 15;
    private static final int DT_RUNPATH = 29;

    /** A program header: a part of the file and its address in memory. */
    private record Segment(int type, long offset, long address, long size) {}

    private record Dynamic(long tag, long value) {}

    /**
     * Reads a file.
     *
     * @return empty when it is not such a file
     */
    static Optional<ElfFile> read(Path file) throws IOException {
        if (Files.size(file) < 64) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) != MAGIC || bytes.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(bytes));
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new IOException("a damaged ELF file: " + file, e);
        }
    }

    private static ElfFile parse(ByteBuffer bytes) {
        List<Segment> segments = segments(bytes);
        Optional<String> interpreter =
                segments.stream()
                        .filter(segment -> segment.type() == PT_INTERP)
                        .findFirst()
                        .map(segment -> text(bytes, segment.offset()));
        List<Dynamic> dynamic = dynamic(bytes, segments);
        long strings =
                dynamic.stream()
                        .filter(entry -> entry.tag() == DT_STRTAB)
                        .mapToLong(entry -> fileOffset(segments, entry.value()))
                        .findFirst()
                        .orElse(0);
        List<String> needed = new ArrayList<>();
        String runPath = "";
        for (Dynamic entry : dynamic) {
            if (entry.tag() == DT_NEEDED) {
                needed.add(text(bytes, strings + entry.value()));
            } else if (entry.tag() == DT_RPATH || entry.tag() == DT_RUNPATH) {
                runPath = text(bytes, strings + entry.value());
            }
        }
        return new ElfFile(bytes.getShort(18), interpreter, List.copyOf(needed), runPath);
    }

    private static List<Segment> segments(ByteBuffer bytes) {
        int table = Math.toIntExact(bytes.getLong(32));
        int length = bytes.getShort(54);
        int count = bytes.getShort(56);
        List<Segment> segments = new ArrayList<>();
        for (int at = table; at < table + length * count; at += length) {
            segments.add(
                    new Segment(
                            bytes.getInt(at),
                            bytes.getLong(at + 8),
                            bytes.getLong(at + 16),
                            bytes.getLong(at + 32)));
        }
        return segments;
    }

    private static List<Dynamic> dynamic(ByteBuffer bytes, List<Segment> segments) {
        List<Dynamic> entries = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.type() == PT_DYNAMIC) {
                long end = segment.offset() + segment.size();
                for (int at = Math.toIntExact(segment.offset()); at < end; at += 16) {
                    if (bytes.getLong(at) == DT_NULL) {
                        break;
                    }
                    entries.add(new Dynamic(bytes.getLong(at), bytes.getLong(at + 8)));
                }
            }
        }
        return entries;
    }

    private static long fileOffset(List<Segment> segments, long address) {
        return segments.stream()
                .filter(segment -> segment.type() == PT_LOAD)
                .filter(segment ->
                        address >= segment.address()
                                && address < segment.address() + segment.size())
                .mapToLong(segment -> address - segment.address() + segment.offset())
                .findFirst()
                .orElseThrow(IndexOutOfBoundsException::new);
    }

    private static String text(ByteBuffer bytes, long offset) {
        int start = Math.toIntExact(offset);
        int end = start;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), start, end - start, StandardCharsets.UTF_8);
    }
}
