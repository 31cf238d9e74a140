package dev.cnilab.cli.render;

import java.io.PrintStream;

/**
 * Where text meets the terminal: all text that is printed passes {@link TerminalText}. Bytes that
 * are written, such as a capture file or the output of {@code lab exec}, pass unchanged.
 */
final class TextOutput extends PrintStream {

    private final boolean colors;

    TextOutput(PrintStream to, boolean colors) {
        super(to, true, to.charset());
        this.colors = colors;
    }

    @Override
    public void print(String text) {
        super.print(TerminalText.of(String.valueOf(text), colors));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void print(char character) {
        print(String.valueOf(character));
    }

    @Override
    public void print(char[] characters) {
        print(new String(characters));
    }
}
