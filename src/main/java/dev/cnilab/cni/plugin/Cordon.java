package dev.cnilab.cni.plugin;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A node's mark that the plugin gives no pod a network any more, while it still takes back what
 * pods have. So pods can be moved away before the plugin is removed, also those that tolerate every
 * taint. The mark is gone after a reboot, and when the plugin is configured again.
 */
public final class Cordon {

    private static final Path MARK = PluginServer.SOCKET.resolveSibling("cordoned");

    private Cordon() {}

    public static boolean isPut() {
        return Files.exists(MARK);
    }

    /** From here on ADD fails. Repeatable. */
    public static void put() throws IOException {
        Files.createDirectories(MARK.getParent());
        AtomicFile.at(MARK).write("");
    }

    /** From here on ADD succeeds again. Repeatable. */
    public static void lift() throws IOException {
        Files.deleteIfExists(MARK);
    }

    /**
     * @throws CniException code 11 while the node is cordoned
     */
    static void check() throws CniException {
        if (isPut()) {
            throw new CniException(
                    CniException.Code.TRY_AGAIN,
                    "the CNI lab-ipip is being removed from this node: no new pods");
        }
    }
}
