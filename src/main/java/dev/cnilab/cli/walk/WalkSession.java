package dev.cnilab.cli.walk;

import dev.cnilab.cli.render.Console.Style;
import dev.cnilab.spec.ShellWords;
import dev.cnilab.spec.Template;
import dev.cnilab.spec.WalkthroughSpec.Fault;
import dev.cnilab.spec.WalkthroughSpec.Text;
import dev.cnilab.verify.probe.TemplateContext;
import dev.cnilab.walk.Commands;
import dev.cnilab.walk.FaultCheck;
import dev.cnilab.walk.Faults;
import dev.cnilab.walk.Language;
import dev.cnilab.walk.NumberedPage;
import dev.cnilab.walk.PageRun;
import dev.cnilab.walk.Walk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Executes a reader's lines. */
public final class WalkSession {

    /** The commands of the prompt, in the order of the help. */
    static final List<String> WORDS =
            List.of(
                    "next", "back", "goto", "toc", "run", "check", "hint", "solve", "break",
                    "trace", "graph", "quit");

    private final Walk walk;
    private final Faults faults;
    private final Commands commands;
    private final PageText pages;
    private final Language language;
    private final Messages messages;
    private final Screen screen;

    /** The current page, from 1. */
    private int page = 1;

    private Faults.@Nullable Broken broken;
    private int hints;

    public WalkSession(
            Walk walk,
            Faults faults,
            Commands commands,
            PageText pages,
            Language language,
            Messages messages,
            Screen screen) {
        this.walk = walk;
        this.faults = faults;
        this.commands = commands;
        this.pages = pages;
        this.language = language;
        this.messages = messages;
        this.screen = screen;
    }

    /** The prompt. */
    String prompt() {
        String fault = broken == null ? "" : " [" + broken.fault().id() + "]";
        return "lab " + page + "/" + walk.pages().size() + fault + "> ";
    }

    /** Prints the current page; returns true. */
    boolean show() throws IOException, InterruptedException {
        NumberedPage current = current();
        pages.intro(current);
        pages.outcome(walk.run(current));
        return true;
    }

    /**
     * @return whether the walkthrough continues
     */
    boolean perform(String line) throws IOException, InterruptedException {
        if (line.isBlank()) {
            turn(page + 1, "last-page");
            return true;
        }
        List<String> words = ShellWords.split(line);
        switch (words.getFirst()) {
            case "next", "n" -> turn(page + 1, "last-page");
            case "back", "b" -> turn(page - 1, "first-page");
            case "goto" -> goTo(words);
            case "toc" -> contents();
            case "run", "r" -> show();
            case "check" -> check();
            case "hint" -> hint();
            case "solve" -> solve();
            case "break" -> breakIt(words);
            case "trace" -> run(words.size() > 1 ? words : podToPod());
            case "help", "?" -> help();
            case "quit", "q", "exit" -> {
                return false;
            }
            default -> run(words);
        }
        return true;
    }

    private NumberedPage current() {
        return walk.pages().get(page - 1);
    }

    private void turn(int to, String otherwise) throws IOException, InterruptedException {
        if (to < 1 || to > walk.pages().size()) {
            screen.line(messages.get(otherwise));
            return;
        }
        page = to;
        show();
    }

    private void goTo(List<String> words) throws IOException, InterruptedException {
        String wanted = words.size() > 1 ? words.get(1) : "";
        Optional<NumberedPage> found =
                walk.pages().stream()
                        .filter(p ->
                                wanted.equals(String.valueOf(p.number()))
                                        || wanted.equals(p.id())
                                        || wanted.equals(p.page().id())
                                        || wanted.equals(p.chapter().id()))
                        .findFirst();
        turn(found.map(NumberedPage::number).orElse(0), "no-page");
    }

    private void contents() throws IOException {
        TemplateContext view = walk.look();
        for (NumberedPage each : walk.pages()) {
            if (each.first()) {
                screen.line(Style.STRONG.of(view.fill(language.of(each.chapter().title()))));
            }
            screen.line(
                    (each.number() == page ? "▸" : " ")
                            + "%3d  ".formatted(each.number())
                            + view.fill(language.of(each.page().title()))
                            + "  "
                            + Style.FAINT.of(each.id()));
        }
        screen.line(Style.STRONG.of(messages.get("faults")));
        for (Fault fault : faults.all()) {
            screen.line("  break " + fault.id());
        }
    }

    private void breakIt(List<String> words) throws IOException, InterruptedException {
        if (broken != null) {
            screen.line(messages.get("one-at-a-time"));
            return;
        }
        if (words.size() < 2) {
            screen.line(
                    messages.get("break-which")
                            + " "
                            + String.join(", ", faults.all().stream().map(Fault::id).toList()));
            return;
        }
        Fault fault = faults.named(words.get(1));
        screen.line(Style.FAINT.of(messages.get("break-waits") + " …"));
        Faults.Broken now = faults.breakIt(fault);
        broken = now;
        hints = 0;
        pages.paragraphs(now.text(fault.story(), language));
        pages.symptom(now.check());
        pages.paragraphs(messages.get("is-broken"));
    }

    private void check() throws IOException, InterruptedException {
        if (broken == null) {
            PageRun again = walk.run(current());
            pages.verdict(again);
            return;
        }
        FaultCheck check = broken.check();
        if (check.fixed()) {
            screen.line(Style.GOOD.of("✓ " + messages.get("check-fixed")));
            finish(broken);
        } else {
            screen.line(Style.BAD.of("✗ " + messages.get("check-broken")));
            pages.symptom(check);
        }
    }

    private void hint() throws IOException {
        if (broken == null) {
            screen.line(messages.get("hint-none"));
            return;
        }
        List<Text> all = broken.fault().hints();
        if (hints == all.size()) {
            screen.line(messages.get("hint-last"));
            return;
        }
        String text = broken.text(all.get(hints), language).strip();
        hints++;
        pages.paragraphs(messages.get("hint") + " " + hints + "/" + all.size() + ": " + text);
    }

    private void solve() throws IOException, InterruptedException {
        if (broken == null) {
            screen.line(messages.get("hint-none"));
            return;
        }
        finish(broken);
    }

    private void finish(Faults.Broken fault) throws IOException, InterruptedException {
        fault.solve();
        broken = null;
        pages.paragraphs(
                messages.get("solution")
                        + ": "
                        + fault.text(fault.fault().solution(), language).strip());
        screen.line(Style.GOOD.of("✓ " + messages.get("whole")));
    }

    private List<String> podToPod() throws IOException {
        TemplateContext view = walk.look();
        return List.of(
                "trace",
                view.fill(new Template("${pod.name}")),
                view.fill(new Template("${to.pod.name}")));
    }

    private void run(List<String> words) throws IOException, InterruptedException {
        int exit;
        try (OutputStream output = screen.stream()) {
            exit = commands.run(words, output);
        }
        if (exit != 0) {
            screen.line(Style.FAINT.of(messages.get("exit-code") + " " + exit));
        }
    }

    private void help() {
        for (String word : WORDS) {
            screen.line("  %-7s ".formatted(word) + messages.get("help-" + word));
        }
        screen.line(messages.get("help-other") + ":");
        screen.line("  kubectl get pods -o wide");
        screen.line("  kubectl exec POD -- route -n");
        screen.line("  docker exec NODE ip address show cni0");
        screen.line("  docker exec NODE tcpdump -pne -i eth0 -c 2 ip proto 4");
        screen.line("  status, verify, exec, logs …");
    }
}
