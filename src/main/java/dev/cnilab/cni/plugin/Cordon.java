package dev.cnilab.cni.plugin;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A node's mark that the plugin refuses ADD but still serves DEL. It allows draining the node
 * before the plugin is removed, including pods that tolerate every taint. The mark disappears on
 * reboot, and when the plugin is configured again.
 */
public final class Cordon {

    private static final Path MARK = PluginServer.SOCKET.resolveSibling("cordoned");

    private Cordon() {}

    public static boolean isPut() {
        return Files.exists(MARK);
    }

    /** Makes ADD fail from now on. Repeatable. */
    public static void put() throws IOException {
        Files.createDirectories(MARK.getParent());
        AtomicFile.at(MARK).write("");
    }

    /** Makes ADD succeed again. Repeatable. */
    public static void lift() throws IOException {
        Files.deleteIfExists(MARK);
    }

    /**
     * Checks the mark.
     *
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
