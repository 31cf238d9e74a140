package dev.cnilab.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The bundled lab's text, to be modified by tests. */
record LabText(String text) {

    static LabText bundled() throws SpecException {
        return new LabText(SpecLoader.find("flannel-ipip").text());
    }

    /** Replaces a passage, which must exist. */
    LabText with(String passage, String replacement) {
        if (!text.contains(passage)) {
            throw new IllegalArgumentException("the lab has no passage '" + passage + "'");
        }
        int start = text.indexOf(passage);
        return new LabText(
                text.substring(0, start) + replacement + text.substring(start + passage.length()));
    }

    LabText without(String passage) {
        return with(passage, "");
    }

    LabSpec load() throws SpecException {
        return SpecLoader.load(new LabSource("lab.yaml", text, Optional.empty()));
    }

    LabSpec loadIn(Path folder) throws SpecException {
        return SpecLoader.load(new LabSource("lab.yaml", text, Optional.of(folder)));
    }

    /** Returns the problems as they are printed. */
    List<String> problems() {
        try {
            load();
            return List.of();
        } catch (SpecException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }
}
