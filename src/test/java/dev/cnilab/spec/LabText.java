package dev.cnilab.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The bundled lab's text, to be changed by tests. */
record LabText(String text) {

    static LabText bundled() throws SpecException {
        return new LabText(SpecLoader.find("flannel-ipip").text());
    }

    /** The same with one passage replaced, which must be there. */
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

    /** What is wrong with it, each as it is printed. */
    List<String> problems() {
        try {
            load();
            return List.of();
        } catch (SpecException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }
}
