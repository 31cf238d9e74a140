package dev.cnilab.embedded.kubelet;

import dev.cnilab.host.ProcessTree;
import dev.cnilab.kube.PodAccess;
import java.io.InputStream;
import java.io.OutputStream;

/** A command in a container, with pipes. */
record ProcessExec(Process process) implements PodAccess.Exec {

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public void resize(int columns, int rows) {
        // A pipe has no window size.
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        ProcessTree.kill(process);
    }
}
