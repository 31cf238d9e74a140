package dev.cnilab.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A kernel parameter below /proc/sys. {@code net.*} parameters are those of the calling thread's
 * network namespace.
 *
 * @param key as sysctl(8) writes it: {@code net.ipv4.ip_forward}; a slash stands for a dot inside a
 *     component, as in {@code net.ipv4.conf.eth0/100.rp_filter}
 */
public record Sysctl(String key) {

    public Sysctl {
        if (!key.matches("[a-zA-Z0-9_/-]+(\\.[a-zA-Z0-9_/-]+)+")) {
            throw new IllegalArgumentException("not a sysctl: '" + key + "'");
        }
    }

    public Path path() {
        String path = key.replace('.', '\0').replace('/', '.').replace('\0', '/');
        return Path.of("/proc/sys", path);
    }

    public boolean exists() {
        return Files.exists(path());
    }

    /** Checks whether this process may change the parameter. */
    public boolean isWritable() {
        return Files.isWritable(writablePath());
    }

    /**
     * Returns a path through which the parameter can be written. An unprivileged container's
     * /proc/sys is read-only, that of the machine's first process is not; both refer to the calling
     * thread's network namespace.
     */
    private Path writablePath() {
        return Stream.of(path(), Path.of("/proc/1/root" + path()))
                .filter(Files::isWritable)
                .findFirst()
                .orElse(path());
    }

    /** Reads the value without surrounding white space. */
    public String read() throws IOException {
        // One read(2): the kernel generates the text at every call, and a reader that asks for its
        // size first gets a stale or truncated one.
        try (InputStream in = Files.newInputStream(path())) {
            byte[] buffer = new byte[4096];
            int count = in.read(buffer);
            return new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8).strip();
        }
    }

    public void write(String value) throws IOException {
        Files.write(writablePath(), value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return key;
    }
}
