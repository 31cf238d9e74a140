package dev.cnilab.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/** The master side of a pseudoterminal, pty(7). Programs open the other side, a device. */
public final class Terminal implements AutoCloseable {
    private static final Path MULTIPLEXER = Path.of("/dev/ptmx");

    // include/uapi/asm-generic/ioctls.h
    private static final long TIOCGPTN = 0x80045430L;
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TIOCSWINSZ = 0x5414;

    private final Fd fd;
    private final Path device;

    private Terminal(Fd fd, Path device) {
        this.fd = fd;
        this.device = device;
    }

    public static Terminal open() throws IOException {
        Fd fd = Fd.open(MULTIPLEXER, Fd.O_RDWR | Fd.O_NOCTTY);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            Syscall.IOCTL.call("unlock terminal", fd.number(), TIOCSPTLCK, number.address());
            Syscall.IOCTL.call("name terminal", fd.number(), TIOCGPTN, number.address());
            int device = number.get(ValueLayout.JAVA_INT, 0);
            return new Terminal(fd, Path.of("/dev/pts", Integer.toString(device)));
        } catch (IOException e) {
            fd.close();
            throw e;
        }
    }

    /** Returns the device of the other side: {@code /dev/pts/3}. */
    public Path device() {
        return device;
    }

    /** Sets the window size that programs on the other side see. */
    public void resize(int columns, int rows) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            // struct winsize: rows, columns, and two sizes in pixels that programs ignore
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
            Syscall.IOCTL.call("resize terminal", fd.number(), TIOCSWINSZ, size.address());
        }
    }

    /** Returns the stream of typed input; closing it sends Ctrl-D. */
    public OutputStream keyboard() {
        return new OutputStream() {
            private static final byte END = 4;

            @Override
            public void write(int octet) throws IOException {
                fd.write(new byte[] {(byte) octet});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    fd.write(Arrays.copyOfRange(bytes, offset, offset + length));
                }
            }

            @Override
            public void close() throws IOException {
                write(END);
            }
        };
    }

    /** Returns the output of the programs; it ends when the last one has closed the device. */
    public InputStream screen() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                byte[] buffer = new byte[length];
                try {
                    int count = fd.read(buffer);
                    System.arraycopy(buffer, 0, bytes, offset, count);
                    return count == 0 ? -1 : count;
                } catch (ErrnoException e) {
                    if (e.is(Errno.EIO)) {
                        return -1;
                    }
                    throw e;
                }
            }
        };
    }

    @Override
    public void close() {
        fd.close();
    }
}
