package dev.cnilab.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** {@code cat [FILE…]}: prints files, or stdin without any. */
final class Cat implements Tool {

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        if (args.isEmpty()) {
            System.in.transferTo(out);
        }
        int exit = 0;
        for (String file : args) {
            // Copies as much as each read returns: files below /proc have no size.
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                in.transferTo(out);
            } catch (NoSuchFileException e) {
                err.println("cat: " + file + ": No such file or directory");
                exit = 1;
            }
        }
        return exit;
    }
}
