package dev.cnilab.spec;

/**
 * A lab's name and description.
 *
 * @param name a DNS label; prefix of the names of nodes and namespaces
 * @param title one line
 * @param description some sentences; may be empty
 */
public record Metadata(String name, String title, String description) {

    Metadata withName(String newName) {
        return new Metadata(newName, title, description);
    }
}
