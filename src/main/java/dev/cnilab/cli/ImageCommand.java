package dev.cnilab.cli;

import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.image.Base;
import dev.cnilab.image.BuiltImage;
import dev.cnilab.image.ImageCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "image",
        description = "Builds the image of agent, installer and demo from this installation.")
final class ImageCommand implements Runnable {

    private static final double MIB = 1024 * 1024;

    @Spec @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "use build or save");
        }
    }

    /** The options that select the image. */
    static final class Choice {

        @Option(
                names = "--jdk",
                paramLabel = "DIR",
                description = {
                    "A JDK of the architecture that the image is for, of the version that runs lab,",
                    "with its jmods; default: this machine's."
                })
        @Nullable Path jdk;

        @Option(
                names = "--root",
                paramLabel = "DIR",
                defaultValue = "/",
                description =
                        "A file system of that architecture: its sh and C library; default ${DEFAULT-VALUE}.")
        Path root = Path.of("/");

        BuiltImage image(Context context) throws IOException {
            ImageCache cache = ImageCache.of(context.environment(), Version.CURRENT);
            return jdk == null
                    ? cache.image(context.console().err()::println)
                    : cache.image(
                            new Base(jdk.toRealPath(), root.toRealPath()),
                            context.console().err()::println);
        }
    }

    @Command(
            name = "build",
            description = "Builds the image unless it exists, and prints where it is.")
    static final class Build implements Callable<Integer> {

        private final Context context;

        @Mixin Choice choice = new Choice();

        Build(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            print(context, choice.image(context));
            return ExitCode.OK.number();
        }
    }

    @Command(
            name = "save",
            description = "Writes the image as an archive for docker load and ctr images import.")
    static final class Save implements Callable<Integer> {

        private final Context context;

        @Parameters(
                paramLabel = "FILE",
                converter = OutputPath.OfFile.class,
                description = "Output file; replaced if it exists.")
        Path file = Path.of("");

        @Mixin Choice choice = new Choice();

        Save(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            BuiltImage image = choice.image(context);
            Files.copy(image.archive(), file, StandardCopyOption.REPLACE_EXISTING);
            print(context, image);
            return ExitCode.OK.number();
        }
    }

    private static void print(Context context, BuiltImage image) {
        context.console()
                .out()
                .printf(
                        "%s%nid        %s%nplatform  linux/%s%nsize      %.1f MiB%narchive   %s%n",
                        image.reference(),
                        image.id(),
                        image.architecture().ociName(),
                        image.size() / MIB,
                        image.archive());
    }
}
