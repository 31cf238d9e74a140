package dev.cnilab.cli;

import dev.cnilab.host.FileTree;
import dev.cnilab.testbed.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One lab shared by all trace tests, repaired after each test. */
final class SharedTracedLab implements ParameterResolver, AfterEachCallback {

    private record Shared(Path state, TracedLab lab) implements AutoCloseable {

        static Shared up() {
            try {
                Path state = Files.createTempDirectory(TestFolders.root(), "");
                return new Shared(state, TracedLab.up(state, "flannel-ipip"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            lab.close();
            FileTree.delete(state);
        }
    }

    private static TracedLab lab(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedTracedLab.class))
                .computeIfAbsent("lab", _ -> Shared.up(), Shared.class)
                .lab();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TracedLab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lab(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        lab(context).repair();
    }
}
