package dev.cnilab.spec;

/**
 * What the lab is called.
 *
 * @param name a DNS label; names of nodes and namespaces start with it
 * @param title one line
 * @param description some sentences; may be empty
 */
public record Metadata(String name, String title, String description) {

    Metadata withName(String newName) {
        return new Metadata(newName, title, description);
    }
}
