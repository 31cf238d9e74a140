package dev.cnilab.cluster.preflight;

import java.io.IOException;
import java.util.List;

/** What can be done about something missing without asking. */
@FunctionalInterface
interface Mend {

    /** Only the user can do something. */
    Mend NOTHING = List::of;

    /**
     * @return what was done, a line each; empty when nothing could be
     */
    List<String> mend() throws IOException;
}
