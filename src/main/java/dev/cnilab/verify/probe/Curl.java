package dev.cnilab.verify.probe;

import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends HTTP requests with curl, as the tutorial does; one process per place. */
final class Curl {

    /** The timeout of a request. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Separator after each response, from curl's {@code -w}; status 000 means no response. */
    private static final String END = "\n--- end of answer, status ";

    private static final Pattern ENDS = Pattern.compile(END + "([0-9]{3})\n");
    private static final Pattern COMPLAINT = Pattern.compile("(?m)^curl: \\([0-9]+\\) .*$");

    /**
     * @param response head and body; empty if there was none
     * @param complaint curl's error message; empty if there was a response
     */
    record Answer(String response, String complaint) {

        static final Answer NONE = new Answer("", "no answer");

        private static final String BLANK_LINE = "\r\n\r\n";

        String body() {
            int end = response.indexOf(BLANK_LINE);
            return end < 0 ? "" : response.substring(end).strip();
        }
    }

    private Curl() {}

    /**
     * Sends a request to each target in sequence, each on a new connection.
     *
     * @param targets {@code ADDRESS:PORT}
     * @return one answer per target, in order
     * @throws IOException if curl cannot be run
     */
    static List<Answer> ask(ProbeContext surroundings, Vantage from, List<String> targets)
            throws IOException {
        String seconds = Long.toString(surroundings.stretched(ANSWER).toSeconds());
        List<String> argv =
                new ArrayList<>(List.of("curl", "-sSi", "-m", seconds, "-H", "Connection: close"));
        argv.addAll(List.of("-w", END.replace("\n", "\\n") + "%{http_code}\\n"));
        argv.addAll(targets);
        ExecResult result =
                surroundings.runInNetwork(from, argv, ANSWER.multipliedBy(targets.size()));
        List<Answer> answers = parse(result);
        if (answers.size() != targets.size()) {
            throw new IOException(result.describe());
        }
        return answers;
    }

    private static List<Answer> parse(ExecResult result) {
        Iterator<String> complaints =
                COMPLAINT
                        .matcher(result.stderr())
                        .results()
                        .map(complaint -> complaint.group())
                        .iterator();
        List<Answer> answers = new ArrayList<>();
        Matcher end = ENDS.matcher(result.stdout());
        for (int start = 0; end.find(); start = end.end()) {
            boolean answered = !end.group(1).equals("000");
            answers.add(
                    answered
                            ? new Answer(result.stdout().substring(start, end.start()), "")
                            : complaints.hasNext()
                                    ? new Answer("", complaints.next())
                                    : Answer.NONE);
        }
        return answers;
    }
}
