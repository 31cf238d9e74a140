package dev.cnilab.kind.docker;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.host.NotExecutableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/** A running command in a container (docker exec). */
final class ContainerCommand implements RunningCommand {

    /**
     * Environment variable with a unique value, inherited by child processes: Docker's API cannot
     * kill an exec, so its processes are found by this variable.
     */
    private static final String MARK = "LAB_COMMAND";

    private static final String END_MARKED =
            "grep -lsz \"^$0\\$\" /proc/[0-9]*/environ | cut -d/ -f3 | xargs -r kill -9";

    /** Polling interval between the streams' end and the process's exit. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final DockerEngine engine;
    private final String container;
    private final String mark;
    private final String exec;
    private final HijackedExec streams;

    private ContainerCommand(
            DockerEngine engine, String container, String mark, String exec, HijackedExec streams) {
        this.engine = engine;
        this.container = container;
        this.mark = mark;
        this.exec = exec;
        this.streams = streams;
    }

    static ContainerCommand start(
            DockerEngine engine,
            String container,
            List<String> argv,
            Map<String, String> environment,
            Optional<InputStream> stdin)
            throws IOException {
        String mark = MARK + "=" + UUID.randomUUID();
        List<String> variables =
                Stream.concat(
                                environment.entrySet().stream()
                                        .map(variable ->
                                                variable.getKey() + "=" + variable.getValue()),
                                Stream.of(mark))
                        .toList();
        String exec =
                engine.ask(docker ->
                        docker.execCreateCmd(container)
                                .withCmd(argv.toArray(String[]::new))
                                .withEnv(variables)
                                .withAttachStdin(stdin.isPresent())
                                .withAttachStdout(true)
                                .withAttachStderr(true)
                                .exec()
                                .getId());
        HijackedExec streams =
                HijackedExec.start(engine.address().socket(), exec, argv.getFirst(), stdin);
        return new ContainerCommand(engine, container, mark, exec, streams);
    }

    @Override
    public InputStream stdout() {
        return streams.stdout();
    }

    @Override
    public InputStream stderr() {
        return streams.stderr();
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            if (!streams.awaitEnd(timeout)) {
                return OptionalInt.empty();
            }
            while (running()) {
                if (System.nanoTime() > deadline) {
                    return OptionalInt.empty();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a command");
        }
        Long code = engine.ask(docker -> docker.inspectExecCmd(exec).exec().getExitCodeLong());
        if (code == null) {
            throw new Failure(
                    Failure.Kind.PROVIDER,
                    "node-stopped",
                    container + " stopped while a command ran in it",
                    "",
                    "docker ps -a shows its status, docker start starts it");
        }
        return OptionalInt.of(
                streams.refused().map(NotExecutableException::exitCode).orElse(code.intValue()));
    }

    private boolean running() throws IOException {
        return engine.find(docker -> docker.inspectExecCmd(exec).exec().isRunning())
                .map(Boolean.TRUE::equals)
                .orElse(false);
    }

    @Override
    public void close() {
        try {
            if (running()) {
                new Containers(engine)
                        .startDetached(container, List.of("sh", "-c", END_MARKED, mark));
            }
            streams.close();
        } catch (IOException e) {
            // The container or the engine was stopped, and so was the command.
            return;
        }
    }
}
