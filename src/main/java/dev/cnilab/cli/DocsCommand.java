package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ExitCode;
import dev.cnilab.cli.walk.Markdown;
import dev.cnilab.lifecycle.LabRecord;
import dev.cnilab.spec.SpecException;
import dev.cnilab.walk.Language;
import dev.cnilab.walk.NumberedPage;
import dev.cnilab.walk.PageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "docs",
        description = "Writes the whole walkthrough as Markdown, with current output.")
final class DocsCommand implements Callable<Integer> {

    private final Context context;

    @Mixin LabArgument lab = new LabArgument();

    @Mixin LanguageOption lang = new LanguageOption();

    @Option(
            names = {"-w", "--write"},
            converter = OutputPath.OfDirectory.class,
            paramLabel = "DIR",
            description =
                    "Write walkthrough.md and walkthrough.zh.md to this directory instead of stdout.")
    @Nullable Path directory;

    DocsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SpecException, InterruptedException {
        try (OpenWalk open = OpenWalk.open(context, lab.name)) {
            open.takeBack();
            List<PageRun> runs = runs(open);
            if (directory == null) {
                context.console().out().print(document(open, runs, lang.or(context.environment())));
            } else {
                Files.createDirectories(directory);
                for (Language language : Language.values()) {
                    Path file = directory.resolve(fileName(language));
                    Files.writeString(file, document(open, runs, language));
                    context.console().err().println("wrote " + file);
                }
            }
        }
        return ExitCode.OK.number();
    }

    static String fileName(Language language) {
        return switch (language) {
            case EN -> "walkthrough.md";
            case ZH -> "walkthrough.zh.md";
        };
    }

    private List<PageRun> runs(OpenWalk open) throws IOException, InterruptedException {
        List<PageRun> runs = new ArrayList<>();
        for (NumberedPage page : open.walk().pages()) {
            context.console().err().println("page " + page.number() + " " + page.id());
            PageRun run = open.walk().run(page);
            if (!run.asExpected()) {
                throw new Failure(
                        Failure.Kind.PROVIDER,
                        "drift",
                        "page " + page.id() + " does not meet its expectations",
                        "expected: " + run.missing() + "\n" + run.output(),
                        "see lab verify; nothing was written");
            }
            runs.add(run);
        }
        return runs;
    }

    private String document(OpenWalk open, List<PageRun> runs, Language language)
            throws IOException {
        String origin =
                "`lab docs %s`, %s; lab %s, %s, %s, Linux %s"
                        .formatted(
                                open.folder().lab(),
                                LocalDate.now(ZoneOffset.UTC),
                                Version.CURRENT,
                                LabRecord.read(open.folder()).provider(),
                                open.cluster()
                                        .tunnel()
                                        .map(each -> each.device() + ": " + each.driver().text())
                                        .orElse("no tunnel"),
                                System.getProperty("os.version"));
        return new Markdown(open.walk().look(), language)
                .of(open.title(), origin, runs, open.faults());
    }
}
