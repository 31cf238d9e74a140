package dev.cnilab.kube.schema;

/**
 * A field of a message.
 *
 * @param number in protobuf
 * @param inline its fields are inlined into the parent's JSON
 * @param pointer distinguishes absent from zero or empty
 */
record Field(int number, String name, boolean inline, boolean pointer, Type type) {

    /** Parses {@code 1 name type}, the format of {@code types.txt}. */
    static Field parse(String text) {
        String[] words = text.split(" ");
        boolean inline = words[1].endsWith("~");
        boolean pointer = words[2].startsWith("*");
        return new Field(
                Integer.parseInt(words[0]),
                inline ? words[1].substring(0, words[1].length() - 1) : words[1],
                inline,
                pointer,
                Type.parse(pointer ? words[2].substring(1) : words[2]));
    }
}
