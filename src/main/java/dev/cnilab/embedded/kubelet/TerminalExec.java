package dev.cnilab.embedded.kubelet;

import dev.cnilab.host.Terminal;
import dev.cnilab.kube.PodAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A command in a container, on a terminal of its own. */
record TerminalExec(Process process, Terminal terminal) implements PodAccess.Exec {

    @Override
    public OutputStream stdin() {
        return terminal.keyboard();
    }

    @Override
    public InputStream stdout() {
        return terminal.screen();
    }

    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public void resize(int columns, int rows) {
        try {
            terminal.resize(columns, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resize the terminal", e);
        }
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        new ProcessExec(process).close();
        terminal.close();
    }
}
