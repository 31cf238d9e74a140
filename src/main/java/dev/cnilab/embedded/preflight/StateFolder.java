package dev.cnilab.embedded.preflight;

import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks that nodes can see the state directory, which has lab's own commands.
 *
 * @param state the directory; need not exist
 */
record StateFolder(Path state) implements Inspection {

    @Override
    public Finding inspect() {
        Optional<Path> hiding = NodeFiles.hiding(state.toAbsolutePath().normalize());
        return hiding.isEmpty()
                ? new Finding.Ok("a node's processes see " + state)
                : new Finding.Missing(
                        state + " is below " + hiding.get(),
                        "each node has a " + hiding.get() + " of its own, without lab's commands",
                        "set XDG_STATE_HOME to another directory");
    }
}
