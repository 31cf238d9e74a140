package dev.cnilab.cluster.kubernetes;

import io.fabric8.kubernetes.client.VersionInfo;
import java.io.IOException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Kubernetes version of an API server, from the {@code gitVersion} of its {@code /version}. Its
 * {@code major} and {@code minor} are not used: builds without linker flags leave them empty, and
 * some vendors write {@code 24+}.
 */
record ServerVersion(int major, int minor) {

    private static final Pattern GIT_VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\b.*");

    private static final Comparator<ServerVersion> ORDER =
            Comparator.comparingInt(ServerVersion::major).thenComparingInt(ServerVersion::minor);

    /**
     * @throws IOException if the server does not report a version
     */
    static ServerVersion of(VersionInfo reported) throws IOException {
        String text = String.valueOf(reported.getGitVersion());
        Matcher version = GIT_VERSION.matcher(text);
        if (!version.matches()) {
            throw new IOException("Kubernetes API: not a Kubernetes version: '" + text + "'");
        }
        return new ServerVersion(
                Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
    }

    boolean atLeast(ServerVersion other) {
        return ORDER.compare(this, other) >= 0;
    }
}
